import ReleaseCore

// Names and versions as literals, so that a test shows only what matters.

extension VersionNumber: ExpressibleByIntegerLiteral {
  /// Writes a version as its number.
  package init(integerLiteral number: Int) {
    guard let version = VersionNumber(number) else {
      preconditionFailure("\(number) is not a version.")
    }
    self = version
  }
}

extension EnvironmentName: ExpressibleByStringLiteral {
  /// Writes the name as its text.
  package init(stringLiteral text: String) { self.init(text) }
}

extension ModelName: ExpressibleByStringLiteral {
  /// Writes the name as its text.
  package init(stringLiteral text: String) { self.init(text) }
}

extension TargetName: ExpressibleByStringLiteral {
  /// Writes the name as its text.
  package init(stringLiteral text: String) { self.init(text) }
}

extension GateName: ExpressibleByStringLiteral {
  /// Writes the name as its text.
  package init(stringLiteral text: String) { self.init(text) }
}

extension CommitID: ExpressibleByStringLiteral {
  /// Writes the name as its text.
  package init(stringLiteral text: String) { self.init(text) }
}

extension StepKey: ExpressibleByStringLiteral {
  /// Writes the name as its text.
  package init(stringLiteral text: String) { self.init(text) }
}

extension DeployID: ExpressibleByStringLiteral {
  /// Writes the name as its text.
  package init(stringLiteral text: String) { self.init(text) }
}

extension ReleaseID: ExpressibleByStringLiteral {
  /// Writes the name as its text.
  package init(stringLiteral text: String) { self.init(text) }
}
