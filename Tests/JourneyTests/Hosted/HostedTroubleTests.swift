import TestSupport
import Testing

/// The platform cannot be used in the middle of something, and later it can again.
@Suite struct `A hosting platform in the middle of a release` {
  /// Why the platform cannot be used.
  enum Trouble: CaseIterable {
    case away
    case keyRevoked
  }

  @Test(arguments: Vendor.allCases)
  func
    `that takes the key no more is told with its variable, and the release goes on with a new one`(
      vendor: Vendor
    ) async throws
  {
    let hosted = try await HostedWorld.settled(vendor)
    let deploys = try await hosted.report().deploys
    try await hosted.platform(vendor.staysNext)
    async let promoted = hosted.run("promote --to production --version 2", exits: 31)
    try await hosted.waitForDeploy(after: deploys)
    try await hosted.acceptOnly(["another-key"])
    let said = try await promoted
    expectKeyIsNamed(said, vendor)
    #expect(try await hosted.report().variable == "2", "\(said)")

    try await hosted.platform(vendor.goesOn)
    let still = try await hosted.run("reconcile --once", exits: 31)
    expectKeyIsNamed(still, vendor)
    try await hosted.acceptOnly([vendor.key])
    try await hosted.run("reconcile --once")
    try await hosted.expectAll(on: 2)
  }

  @Test(arguments: Vendor.allCases)
  func `that is away lets a rollback end when it is back`(vendor: Vendor) async throws {
    let hosted = try await HostedWorld.settled(vendor)
    try await hosted.run("promote --to production --version 2")
    let deploys = try await hosted.report().deploys
    try await hosted.platform(vendor.staysNext)
    async let ordered = hosted.run("rollback production --reason labels-look-wrong", exits: 31)
    try await hosted.waitForDeploy(after: deploys)
    try await hosted.platform(#"{"away": true}"#)
    let said = try await ordered
    #expect(said.err.contains("\(vendor.rawValue) cannot be reached"), "\(said)")
    #expect(said.err.contains("`release reconcile --once` goes on"), "\(said)")
    // The platform has gone on by itself meanwhile.
    try await hosted.platform(vendor.goesOn)
    try await hosted.waitForService(of: 1)
    try await hosted.platform(#"{"away": false}"#)
    let back = try await hosted.run("reconcile --once")
    #expect(back.out.contains("the platform is done"), "\(back)")
    try await hosted.expectAll(on: 1)
  }

  @Test(arguments: Vendor.allCases, Trouble.allCases)
  func `that cannot be used when the way back begins is gone back on when it can`(
    vendor: Vendor,
    trouble: Trouble
  ) async throws {
    let gates = [HostedWorld.health, EnvironmentFile.accuracy]
    let hosted = try await HostedWorld.settled(vendor, gates: gates)
    // Without traffic the gate that version 3 fails cannot settle before the trouble begins.
    hosted.world.stopTraffic()
    async let promoted = hosted.run("promote --to production --version 3", exits: 31)
    // The first time was version 1's.
    try await hosted.waitForEvent("identified", times: 2)
    try await hosted.begin(trouble)
    try hosted.world.sendTraffic(to: "production")
    let said = try await promoted
    switch trouble {
    case .away: #expect(said.err.contains("\(vendor.rawValue) cannot be reached"), "\(said)")
    case .keyRevoked: expectKeyIsNamed(said, vendor)
    }
    #expect(try await hosted.world.versions(in: "Production") == [1], "\(said)")
    #expect(try await hosted.world.served("production") == 3, "\(said)")

    try await hosted.end(trouble)
    let back = try await hosted.run("reconcile --once", exits: 10)
    #expect(back.out.contains("back on version 1"), "\(back)")
    try await hosted.expectAll(on: 1)
  }

  @Test(arguments: Vendor.allCases)
  func `that refuses the order itself holds the release until a person has mended the key`(
    vendor: Vendor
  ) async throws {
    let hosted = try await HostedWorld.settled(vendor)
    try await hosted.platform(vendor.refusesNextOrder)
    let said = try await hosted.run("promote --to production --version 2", exits: 31)
    expectKeyIsNamed(said, vendor)
    #expect(said.err.contains("`release resume production --reason …`"), "\(said)")
    try await hosted.run("resume production --reason the-key-is-new")
    try await hosted.run("reconcile --once")
    try await hosted.expectAll(on: 2)
  }

  @Test(arguments: [
    (Vendor.render, "POST", "/deploys"), (.heroku, "PATCH", "/config-vars"),
  ])
  func `that names the time of the next attempt is asked then, and not before`(
    vendor: Vendor,
    method: String,
    path: String
  ) async throws {
    let hosted = try await HostedWorld.settled(vendor)
    let asked = try await hosted.requests(method, path)
    // Longer than a pass is patient with those that do not say when they will be back.
    try await hosted.platform(
      #"""
      {"faults": [{"do": "status", "status": 429, "method": "\#(method)", "path": "\#(path)$",
        "lasts": 6.9, "headers": {"Retry-After": "7"},
        "body": {"id": "rate_limit", "message": "Too many requests."}}]}
      """#
    )
    let said = try await hosted.run("promote --to production --version 2")
    #expect(said.out.contains("it answered 429"), "\(said)")
    #expect(try await hosted.requests(method, path) == asked + 2, "\(said)")
    try await hosted.expectAll(on: 2)
  }

  private func expectKeyIsNamed(
    _ said: Finished,
    _ vendor: Vendor,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(said.err.contains("did not accept"), "\(said)", sourceLocation: sourceLocation)
    #expect(
      said.err.contains("Set \(vendor.keyVariable)"),
      "\(said)",
      sourceLocation: sourceLocation
    )
    #expect(said.err.contains(vendor.keyPlace), "\(said)", sourceLocation: sourceLocation)
  }
}

extension HostedWorld {
  fileprivate typealias Trouble = `A hosting platform in the middle of a release`.Trouble

  fileprivate func begin(_ trouble: Trouble) async throws {
    switch trouble {
    case .away: try await platform(#"{"away": true}"#)
    case .keyRevoked: try await acceptOnly(["another-key"])
    }
  }

  fileprivate func end(_ trouble: Trouble) async throws {
    switch trouble {
    case .away: try await platform(#"{"away": false}"#)
    case .keyRevoked: try await acceptOnly([vendor.key])
    }
  }
}
