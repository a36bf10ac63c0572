import TestSupport
import Testing

/// A world whose production is hosted: a vendor's stand-in runs the service, and `release` finds it
/// where the vendor's API would be.
struct HostedWorld: Sendable {
  static let health =
    "health: {path: /health, expect: {status: healthy}, successes: 2, within: 60s}"

  let vendor: Vendor
  let world: World
  let standIn: StandIn

  /// Builds the world; version 1 is served, and `release` has not looked yet.
  ///
  /// - Parameters:
  ///   - vendor: The platform.
  ///   - gates: The lines of `gates:`.
  ///   - settings: What stands under the platform's name; the vendor's own when nil.
  /// - Throws: When a part cannot be made.
  init(_ vendor: Vendor, gates: [String] = [health], settings: String? = nil) async throws {
    _ = try await PythonEnvironment.standins.folder()
    self.vendor = vendor
    var production = EnvironmentFile("production", slot: "{stage: Production}", gates: gates)
    production.service = .none
    production.lines = ["platform: {\(vendor.rawValue): \(settings ?? vendor.settings)}"]
    world = try await World([production], registry: .embedded)
    let service = Project.executable("sample-service")
    standIn = try await StandIn(
      vendor.rawValue,
      [
        "--front-port", "\(world.port(of: "production"))", "--live", "--pace", "0.05",
        "--variable", "MODEL_NAME=\(world.model)", "--variable", "MODEL_VERSION=1",
        "--start", "'\(service)' --port $PORT --artifacts '\(world.folder)/artifacts'",
      ]
    )
  }

  /// A world in which `release` has met version 1 and found it good.
  static func settled(_ vendor: Vendor, gates: [String] = [health]) async throws -> HostedWorld {
    let hosted = try await HostedWorld(vendor, gates: gates)
    if gates.count > 1 { try hosted.world.sendTraffic(to: "production") }
    try await hosted.run("reconcile --once")
    return hosted
  }

  // MARK: release

  /// Runs a line as a person would type it after `release`; expects its exit status.
  @discardableResult
  func run(
    _ line: String,
    exits status: Int32 = 0,
    key: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Finished {
    let finished = try await world.release(
      line.split(separator: " ").map(String.init),
      variables: vendor.variables(url: standIn.url, key: key ?? vendor.key)
    )
    #expect(finished.status == status, "\(finished)", sourceLocation: sourceLocation)
    return finished
  }

  /// Expects that slot, stored variable, service and git agree on a version, and that nothing which
  /// was sent or answered broke the vendor's contract.
  func expectAll(
    on version: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let (said, report) = (world.said, try await report())
    let found = Standing(
      slot: try await world.versions(in: "Production"),
      variable: report.variable,
      served: try await world.served("production"),
      declared: try await world.declared("production")
    )
    let expected = Standing(
      slot: [version],
      variable: "\(version)",
      served: version,
      declared: version
    )
    #expect(found == expected, said, sourceLocation: sourceLocation)
    #expect(report.violations.isEmpty, "\(report.violations)", sourceLocation: sourceLocation)
  }

  private struct Standing: Equatable {
    var slot: [Int]
    var variable: String?
    var served: Int?
    var declared: Int?
  }

  // MARK: The platform

  /// Tells the stand-in what the platform does.
  func platform(_ order: String) async throws { try await standIn.order(order) }

  /// The platform accepts these keys from now on.
  func acceptOnly(_ keys: [String]) async throws {
    let list = keys.map { #""\#($0)""# }.joined(separator: ", ")
    try await standIn.order(#"{"tokens": [\#(list)]}"#)
  }

  /// What the stand-in tells of itself.
  struct Report: Sendable {
    /// What is stored in MODEL_VERSION.
    var variable: String?
    /// How many deploys there were, by whoever.
    var deploys: Int
    /// What broke the vendor's contract.
    var violations: [String]
    /// What was asked: method, path and status of the answer.
    var requests: [String]
  }

  /// Looks at the stand-in.
  func report() async throws -> Report {
    let report = try JSON(try await standIn.report())
    let state = report["state"]
    let variables = state?["variables"] ?? state?["config"]
    let deploys = state?["deploys"] ?? state?["deployments"] ?? state?["releases"]
    return Report(
      variable: variables?["MODEL_VERSION"]?.text,
      deploys: deploys?.list.count ?? 0,
      violations: report["violations"]?.list.compactMap(\.text) ?? [],
      requests: (report["requests"]?.list ?? []).map { request in
        [request["method"]?.text, request["path"]?.text, request["status"]?.int.map { "\($0)" }]
          .map { $0 ?? "-" }.joined(separator: " ")
      }
    )
  }

  /// How often the platform was asked something, by method and how the path ends.
  func requests(_ method: String, _ path: String) async throws -> Int {
    try await report().requests.count { words in
      words.hasPrefix("\(method) ") && words.split(separator: " ")[1].hasSuffix(path)
    }
  }

  /// Waits until the platform has so many deploys; gives up after some half a minute.
  func waitForDeploy(
    after count: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for _ in 0..<600 {
      if try await report().deploys > count { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("the platform was ordered no deploy", sourceLocation: sourceLocation)
  }

  /// Waits until the journal has so many entries of a kind; gives up after some half a minute.
  func waitForEvent(
    _ kind: String,
    times: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for _ in 0..<300 {
      if try await world.kinds(of: "production").count(where: { $0 == kind }) >= times { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("\(kind) never happened \(times) times", sourceLocation: sourceLocation)
  }

  /// Waits until the service says that it serves a version; gives up after some half a minute.
  func waitForService(
    of version: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for _ in 0..<600 {
      if try await world.served("production") == version { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("version \(version) was never served", sourceLocation: sourceLocation)
  }
}
