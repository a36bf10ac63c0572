import ReleaseCore

/// What a deploy of ours leaves on the service, so that it is known again when it is repeated.
///
/// Render takes no idempotency key. Before a deploy is ordered, a variable of the service gets the
/// step's key, its version and the newest deploy until then; a repeated step finds itself there
/// and, in the list of deploys, whatever came after. It holds no time, so no clock has to agree
/// with Render's.
struct RenderMark: Sendable, Equatable {
  /// The variable that holds the mark; the running service sees it too.
  static let variable = "RELEASE_STEP"
  private static let nothing = "-"

  /// The key of the step.
  let key: StepKey
  /// The version it deploys; a controller that lost its journal may use a key again.
  let version: VersionNumber
  /// The newest deploy before the step's own; nil when there was none.
  let after: String?

  /// Marks a step.
  init(key: StepKey, version: VersionNumber, after: String?) {
    self.key = key
    self.version = version
    self.after = after
  }

  /// Reads the mark from the variable's value.
  init?(text: String) {
    let words = text.split(separator: " ")
    guard words.count == 3, let version = VersionNumber(text: words[1]) else { return nil }
    key = StepKey(String(words[0]))
    self.version = version
    after = words[2] == Self.nothing ? nil : String(words[2])
  }

  /// The variable's value.
  var text: String { "\(key) \(version) \(after ?? Self.nothing)" }
}
