import ReleaseCore

/// A vendor's stand-in with the adapter that talks to it, for the laws that every platform keeps.
protocol HostedStage: Sendable {
  /// Makes the adapter.
  var maker: any PlatformMaker { get }
  /// A declaration that works.
  var choice: PlatformChoice { get }

  /// Lets the next deploy fail at the vendor's.
  func failNext() async throws
  /// What is served, and by which deploy; empty before the first.
  func effect() async throws -> [String]
}
