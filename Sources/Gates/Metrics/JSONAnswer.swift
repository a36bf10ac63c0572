import ReleaseCore

/// Chooses numbers in a JSON answer.
struct JSONAnswer {
  let body: JSONValue

  /// The number under the name; a top-level `model_version` says whose it is.
  func choose(
    _ name: MetricName,
    for version: VersionNumber,
    from answer: Answer
  ) throws(Blind) -> Choice {
    let owner = body.member(SeriesAnswer.versionLabel)
    if let owner, owner != .null {
      guard let served = ServedVersion(owner) else {
        throw answer.unreadable("names no version: model_version is \(owner.kind)")
      }
      guard served == .version(version) else {
        return .absent(.otherVersions([served.description]))
      }
    }
    guard let value = body.value(at: name.declared) else { return .absent(.unknownName) }
    guard let number = Self.number(value) else {
      throw answer.unreadable("has no number in \(name.declared): it is \(value.kind)")
    }
    let isLabelled = owner != nil && owner != .null
    return .found(
      FoundNumber(
        value: number,
        isLabelled: isLabelled,
        createdAt: body.member(name.created).flatMap(Self.number)
      )
    )
  }

  /// When the process says it began.
  var processStart: Double? { body.member(MetricName.processStart).flatMap(Self.number) }

  /// A number, also one that is written as text.
  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .number(let literal):
      return Double(literal)
    case .string(let text):
      guard case .number(let literal)? = try? JSONReader.read(Array(text.utf8)) else { return nil }
      return Double(literal)
    case .null, .bool, .array, .object:
      return nil
    }
  }
}
