/// What git declares for one environment.
package struct Environment: Sendable, Equatable, Codable {
  /// Its name: the path of its file under `environments/`, without `.yaml`.
  package var name: EnvironmentName
  /// The registered model.
  package var model: ModelName
  /// The version it should run.
  package var version: VersionNumber
  /// Where the registry says so.
  package var slot: Slot
  /// The environment that must have proven a version first.
  package var after: EnvironmentName?
  /// For how long it must have run there.
  package var soak: Duration
  /// Whether a person must approve each version.
  package var needsApproval: Bool
  /// The services behind it, at least one, in the order declared.
  package var targets: [Target]
  /// The conditions, in the order declared.
  package var gates: [Gate]
  /// For how long the gates keep watching after they passed.
  package var bake: Duration
  /// What follows when a gate fails.
  package var onFailure: FailurePolicy
  /// What follows when a gate has not decided by its deadline.
  package var onUndecided: UndecidedPolicy
  /// What git is told after an automatic return.
  package var writeBack: WriteBackPolicy

  /// Describes an environment; everything but the first five has a default.
  package init(
    name: EnvironmentName,
    model: ModelName,
    version: VersionNumber,
    slot: Slot,
    targets: [Target],
    after: EnvironmentName? = nil,
    soak: Duration = .zero,
    needsApproval: Bool = false,
    gates: [Gate] = [],
    bake: Duration = .zero,
    onFailure: FailurePolicy = .rollback,
    onUndecided: UndecidedPolicy = .hold,
    writeBack: WriteBackPolicy = .commit
  ) {
    self.name = name
    self.model = model
    self.version = version
    self.slot = slot
    self.targets = targets
    self.after = after
    self.soak = soak
    self.needsApproval = needsApproval
    self.gates = gates
    self.bake = bake
    self.onFailure = onFailure
    self.onUndecided = onUndecided
    self.writeBack = writeBack
  }

  /// The waves in the order in which they are released, each with its targets.
  package var waves: [[Target]] {
    let numbers = Set(targets.map(\.wave)).sorted()
    return numbers.map { number in targets.filter { $0.wave == number } }
  }

  /// The target of that name.
  package func target(_ name: TargetName) -> Target? { targets.first { $0.name == name } }

  /// The gate of that name.
  package func gate(_ name: GateName) -> Gate? { gates.first { $0.name == name } }

  /// Changes when anything changes by which a release in flight is carried out or judged.
  package var releaseConfiguration: Fingerprint {
    Fingerprint(
      of: [
        gatesFingerprint.rawValue, model.rawValue, slot.description,
        targets.map(\.canonical).joined(separator: "\n"),
      ].joined(separator: "\n")
    )
  }

  /// Changes when any gate changes: a rejection holds only for the gates that judged it.
  package var gatesFingerprint: Fingerprint {
    Fingerprint(of: gates.map(\.canonical).joined(separator: "\n"))
  }
}

/// What follows when a gate fails.
package enum FailurePolicy: String, Sendable, Codable, CaseIterable {
  /// Return to the last proven version.
  case rollback
  /// Stop where it is until a person acts.
  case hold
}

/// What follows when a gate has not decided by its deadline.
package enum UndecidedPolicy: String, Sendable, Codable, CaseIterable {
  /// Stop where it is until a person acts.
  case hold
  /// Return to the last proven version.
  case rollback
  /// Take the better guess, marked as such, if there are at least 500 outcomes; else hold.
  case estimate
}

/// What git is told after an automatic return.
package enum WriteBackPolicy: String, Sendable, Codable, CaseIterable {
  /// A commit on the tracked branch that sets the version back.
  case commit
  /// Nothing.
  case none
}
