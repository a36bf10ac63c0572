/// One journey of a version into an environment, as far as it has come.
package struct Release: Sendable, Equatable, Codable {
  /// Why the journey is made.
  package enum Kind: String, Sendable, Codable {
    /// git declares a version that is not served yet.
    case promotion
    /// The environment already serves it; it is only judged.
    case adoption
    /// The environment serves another version than declared; that one is looked at first, so
    /// that there is a way back.
    case incumbent
    /// A person ordered it.
    case rollback
  }

  /// Its id.
  package var id: ReleaseID
  /// Why it is made.
  package var kind: Kind
  /// The version.
  package var version: VersionNumber
  /// The version's digest when the release began.
  package var digest: String
  /// The version to return to; nil: there is none.
  package var previous: VersionNumber?
  /// When it began.
  package var openedAt: Moment
  /// Who asked for it: `git 1a2b3c4d`, or a person.
  package var orderedBy: String
  /// The person's reason, for a rollback.
  package var reason: String?

  /// What the slot held when the release began.
  package var slotBefore: [VersionNumber]
  /// The gates and targets that it is judged by; another configuration is another release.
  package var configuration: Fingerprint

  /// How far the slot and the targets are.
  package var progress = Progress()
  /// Verdicts so far.
  package var verdicts: [TargetName: [GateName: Verdict]] = [:]
  /// Since when the last wave's gates have all passed.
  package var bakingSince: Moment?

  /// Opens a release.
  package init(
    id: ReleaseID,
    kind: Kind,
    version: VersionNumber,
    digest: String,
    previous: VersionNumber?,
    openedAt: Moment,
    orderedBy: String,
    reason: String? = nil,
    slotBefore: [VersionNumber] = [],
    configuration: Fingerprint = Fingerprint("")
  ) {
    self.slotBefore = slotBefore
    self.configuration = configuration
    self.id = id
    self.kind = kind
    self.version = version
    self.digest = digest
    self.previous = previous
    self.openedAt = openedAt
    self.orderedBy = orderedBy
    self.reason = reason
  }
}

/// How far the slot and the targets of a journey are, in either direction.
package struct Progress: Sendable, Equatable, Codable {
  /// The slot was read back and held the version.
  package var isPointed = false
  /// How often the slot had to be pointed again after that.
  package var repairs = 0
  /// What the platforms answered.
  package var receipts: [TargetName: DeployReceipt] = [:]
  /// Targets whose platform is done, and since when.
  package var liveSince: [TargetName: Moment] = [:]
  /// Targets that named the version often enough, and since when.
  package var identifiedAt: [TargetName: Moment] = [:]

  /// Nothing done yet.
  package init() {}

  /// Takes the result of a step into account.
  package mutating func take(_ step: Step, _ result: StepResult, at now: Moment) {
    switch (step, result) {
    case (.point, .pointed):
      if isPointed { repairs += 1 }
      isPointed = true
    case (.deploy(let target, _), .deployed(let receipt)):
      receipts[target] = receipt
      liveSince[target] = nil
      identifiedAt[target] = nil
    case (.point, _), (.deploy, _), (.writeBack, _), (.tag, _), (.untag, _): break
    }
  }
}

/// The way back from a failed release.
package struct Return: Sendable, Equatable, Codable {
  /// The release that failed.
  package var from: Release
  /// Why.
  package var cause: Failure
  /// The version to return to.
  package var version: VersionNumber
  /// When the return began.
  package var begunAt: Moment
  /// How far the slot and the targets are.
  package var progress = Progress()
  /// Targets that are healthy again.
  package var healthy: Set<TargetName> = []

  /// Begins a return.
  package init(from: Release, cause: Failure, version: VersionNumber, begunAt: Moment) {
    self.from = from
    self.cause = cause
    self.version = version
    self.begunAt = begunAt
  }
}

/// Why a release did not succeed.
package enum Failure: Sendable, Equatable, Codable {
  /// A gate failed.
  case gate(name: GateName, target: TargetName?, verdict: Verdict)
  /// The platform failed to deploy.
  case deploy(target: TargetName, why: String)
  /// The service never served the version; the text says what it answered instead.
  case neverServed(target: TargetName, why: String)
  /// The service served the version and does not answer any more.
  case stoppedServing(target: TargetName, why: String)
}
