extension Step {
  /// Whether it is something that git or the registry is owed, and not a part of a release.
  var isOwed: Bool {
    switch self {
    case .tag, .untag, .writeBack: true
    case .point, .deploy: false
    }
  }

  /// Whether both do the same for the same creditor, in whatever words.
  ///
  /// Words change from one version of `release` to the next, and journals are replayed by both.
  func owesTheSame(as other: Step) -> Bool {
    switch (self, other) {
    case (.writeBack(let edit), .writeBack(let otherEdit)):
      edit.environment == otherEdit.environment && edit.expecting == otherEdit.expecting
        && edit.version == otherEdit.version
    case (.tag(let version, let tags), .tag(let otherVersion, let otherTags)):
      version == otherVersion && Self.verdicts(tags) == Self.verdicts(otherTags)
    case (.untag(let version, _), .untag(let otherVersion, _)): version == otherVersion
    case (.tag, _), (.untag, _), (.writeBack, _), (.point, _), (.deploy, _): self == other
    }
  }

  private static func verdicts(_ tags: [String: String]) -> [String: String] {
    tags.filter { $0.key.hasSuffix(".verdict") || $0.key.hasSuffix(".at") }
  }
}
