package import ReleaseCore

/// No platform: the service follows the slot by itself, so there is nothing to deploy.
package struct NonePlatform: Platform {
  /// `none`.
  package let kind = "none"
  private let clock: any Clock

  /// Makes it.
  package init(clock: any Clock) {
    self.clock = clock
  }

  /// Always ready.
  package func preflight(_ order: DeployOrder) async throws(PlatformProblem) {}

  /// Does nothing.
  package func deploy(
    _ order: DeployOrder,
    key: StepKey
  ) async throws(PlatformProblem) -> DeployReceipt {
    DeployReceipt(id: nil, acceptedAt: clock.now)
  }

  /// Done at once; whether the service has followed is for its identity to say.
  package func progress(
    of receipt: DeployReceipt,
    order: DeployOrder
  ) async throws(PlatformProblem) -> DeployProgress {
    .live
  }
}
