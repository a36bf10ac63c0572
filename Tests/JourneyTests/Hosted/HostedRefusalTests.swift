import TestSupport
import Testing

/// What is wrong with the platform before anything is touched.
@Suite struct `A promotion to a hosting platform` {
  @Test(arguments: Vendor.allCases, ["", "no-such-key"])
  func `without a key that it accepts is refused, and told where to get one`(
    vendor: Vendor,
    key: String
  ) async throws {
    let hosted = try await HostedWorld.settled(vendor)
    let said = try await hosted.run("promote --to production --version 2", exits: 31, key: key)
    #expect(said.err.contains("production refuses version 2"), "\(said)")
    #expect(said.err.contains("Set \(vendor.keyVariable)"), "\(said)")
    #expect(said.err.contains(vendor.keyPlace), "\(said)")
    #expect(key.isEmpty || !(said.out + said.err).contains(key), "\(said)")
    try await hosted.expectAll(on: 1)
  }

  @Test(arguments: Vendor.allCases)
  func `that the plan does not allow is refused, and told what to settle`(
    vendor: Vendor
  ) async throws {
    let hosted = try await HostedWorld.settled(vendor)
    try await hosted.platform(vendor.refusesForPlan)
    let said = try await hosted.run("promote --to production --version 2", exits: 31)
    #expect(said.err.contains("production refuses version 2"), "\(said)")
    #expect(said.err.contains(vendor.keyVariable), "\(said)")
    #expect(said.err.contains(vendor.planPlace), "\(said)")
    try await hosted.expectAll(on: 1)
  }

  @Test(arguments: Vendor.allCases)
  func `whose service is not there is refused, and told which setting names it`(
    vendor: Vendor
  ) async throws {
    let hosted = try await HostedWorld(vendor, settings: vendor.settingsOfNobody)
    let said = try await hosted.run("promote --to production --version 2", exits: 31)
    #expect(said.err.contains("\(vendor.rawValue) has no service"), "\(said)")
    #expect(said.err.contains(vendor.serviceSetting), "\(said)")
    #expect(try await hosted.report().variable == "1")
    #expect(try await hosted.world.declared("production") == 1)
  }
}

extension Vendor {
  /// Where the plan or the bill is settled.
  fileprivate var planPlace: String {
    switch self {
    case .render: "https://dashboard.render.com/billing"
    case .railway: "railway.com/workspace/plans"
    case .heroku: "dashboard.heroku.com/account/billing"
    }
  }

  /// The setting that names the service, as the message points to it.
  fileprivate var serviceSetting: String {
    switch self {
    case .render: "the service at environments/production.yaml:"
    case .railway: "Set service and environment under platform: railway:"
    case .heroku: "Set app under platform: heroku:"
    }
  }
}
