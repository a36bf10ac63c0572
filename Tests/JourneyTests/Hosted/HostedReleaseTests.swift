import TestSupport
import Testing

/// The main job on a hosting platform.
@Suite struct `A release on a hosting platform` {
  @Test(arguments: Vendor.allCases)
  func `of a good version leaves slot, variable, service and git in agreement`(
    vendor: Vendor
  ) async throws {
    let hosted = try await HostedWorld.settled(vendor)
    try await hosted.run("promote --to production --version 2")
    try await hosted.expectAll(on: 2)
    // Nothing is left to do, and so nothing is asked of the platform but where it stands.
    let deploys = try await hosted.report().deploys
    try await hosted.run("reconcile --once")
    #expect(try await hosted.report().deploys == deploys)
  }

  @Test(arguments: Vendor.allCases)
  func `of a bad version goes back by itself, and the stored variable too`(
    vendor: Vendor
  ) async throws {
    let gates = [HostedWorld.health, EnvironmentFile.accuracy]
    let hosted = try await HostedWorld.settled(vendor, gates: gates)
    let promoted = try await hosted.run("promote --to production --version 3", exits: 10)
    #expect(promoted.err.contains("production rejected version 3"), "\(promoted)")
    #expect(promoted.err.contains("accuracy"), "\(promoted)")
    try await hosted.expectAll(on: 1)
    let message = try await hosted.world.repository.messages(1).first ?? ""
    #expect(message.hasPrefix("production: back to 1 (accuracy "), "\(message)")
    #expect(message.contains("\nRelease-Rejected: 3\n"), "\(message)")
  }

  @Test(arguments: Vendor.allCases)
  func `that fails there goes back and tells it in the platform's words`(
    vendor: Vendor
  ) async throws {
    let hosted = try await HostedWorld.settled(vendor)
    try await hosted.platform(vendor.failsNext)
    let promoted = try await hosted.run("promote --to production --version 2", exits: 10)
    #expect(promoted.err.contains("production rejected version 2"), "\(promoted)")
    #expect(promoted.err.contains(vendor.wordsOfFailure), "\(promoted)")
    try await hosted.expectAll(on: 1)
  }

  @Test(arguments: Vendor.allCases)
  func `ordered by a person goes back to the version before`(vendor: Vendor) async throws {
    let hosted = try await HostedWorld.settled(vendor)
    try await hosted.run("promote --to production --version 2")
    try await hosted.run("rollback production --reason labels-look-wrong")
    try await hosted.expectAll(on: 1)
  }
}
