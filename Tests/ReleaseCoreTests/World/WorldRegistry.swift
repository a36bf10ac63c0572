import ReleaseCore

/// A registry with stages as MLflow has them, and aliases.
struct WorldRegistry: Equatable {
  var versions: [VersionNumber: RegisteredVersion] = [:]
  var aliases: [String: VersionNumber] = [:]

  init(versions numbers: some Sequence<VersionNumber>) {
    for number in numbers { versions[number] = .sample(number) }
  }

  func contents(of slot: Slot) -> [VersionNumber] {
    switch slot {
    case .stage(let name):
      versions.values.filter { $0.stage == name }.map(\.number).sorted()
    case .alias(let name): aliases[name].map { [$0] } ?? []
    }
  }

  /// Makes the slot hold exactly the version; others in a stage leave it.
  mutating func point(_ slot: Slot, at version: VersionNumber) {
    empty(slot)
    add(version, to: slot)
  }

  mutating func empty(_ slot: Slot) {
    switch slot {
    case .stage: for version in contents(of: slot) { versions[version]?.stage = "Archived" }
    case .alias(let name): aliases[name] = nil
    }
  }

  /// Puts a version into the slot beside others, as a transition without archiving does.
  mutating func add(_ version: VersionNumber, to slot: Slot) {
    switch slot {
    case .stage(let name): versions[version]?.stage = name
    case .alias(let name): aliases[name] = version
    }
  }
}
