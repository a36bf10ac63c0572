import TestSupport
import Testing

/// Others deploy the same service while a release is under way.
@Suite struct `A deploy that somebody else's replaces` {
  @Test(arguments: Vendor.allCases)
  func `is followed in the one that took its place, when that is a push`(
    vendor: Vendor
  ) async throws {
    let promoted = try await promote(vendor, meanwhile: vendor.isPushedTo, exits: 0)
    #expect(promoted.said.out.contains("took the place of"), "\(promoted.said)")
    try await promoted.hosted.expectAll(on: 2)
  }

  @Test(arguments: Vendor.allCases)
  func `is given up when the version was changed with it`(vendor: Vendor) async throws {
    let promoted = try await promote(vendor, meanwhile: vendor.isSet(to: 1), exits: 10)
    #expect(promoted.said.err.contains("Something else replaced it"), "\(promoted.said)")
    #expect(promoted.said.err.contains("MODEL_VERSION"), "\(promoted.said)")
    try await promoted.hosted.expectAll(on: 1)
  }

  /// Promotes version 2; while its deploy is under way, the platform does something.
  private func promote(
    _ vendor: Vendor,
    meanwhile order: String,
    exits status: Int32
  ) async throws -> (hosted: HostedWorld, said: Finished) {
    let hosted = try await HostedWorld.settled(vendor)
    let deploys = try await hosted.report().deploys
    try await hosted.platform(vendor.staysNext)
    async let promoted = hosted.run("promote --to production --version 2", exits: status)
    try await hosted.waitForDeploy(after: deploys)
    try await hosted.platform(order)
    try await hosted.platform(vendor.goesOn)
    return (hosted, try await promoted)
  }
}
