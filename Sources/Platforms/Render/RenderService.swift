/// A service, as far as it matters here.
struct RenderService: Sendable, Equatable {
  /// What kind of service it is, for example `web_service`.
  let type: String
  /// Who suspended it; nil when it runs.
  let suspendedBy: [String]?
  /// Whether a push to its branch deploys it.
  let deploysOnPush: Bool
}
