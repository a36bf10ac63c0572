import FoundationEssentials
import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

/// The stand-in for Railway with one service, and the adapter that talks to it.
struct RailwayStage: HostedStage {
  /// The service as the stand-in tells it.
  struct State: Decodable {
    struct Deployment: Decodable {
      var id: String
      var status: String
    }
    var variables: [String: String]
    var deployments: [Deployment]
    /// The variables of the deployment that is live.
    var served: [String: String]?
  }

  static let project = "6c1f0b7e-0000-4000-8000-000000000001"
  static let environment = "6c1f0b7e-0000-4000-8000-000000000002"
  static let service = "6c1f0b7e-0000-4000-8000-000000000003"
  static let accountToken = "account-standin"
  static let projectToken = "project-standin"

  let bench: Workbench
  let standIn: StandIn

  /// Starts the stand-in; its service answers where the orders of the workbench look for it.
  init(_ bench: Workbench, options: [String] = []) async throws {
    self.bench = bench
    let script = bench.folder.file(ServiceScript.name)
    let always = [
      "--start", "python3 '\(script)' $PORT", "--pace", "0.05", "--front-port", "\(bench.port)",
    ]
    standIn = try await StandIn("railway", always + options)
  }

  var maker: any PlatformMaker { maker(["RAILWAY_TOKEN": Self.projectToken]) }

  func maker(_ secrets: [String: String], url: String? = nil) -> RailwayPlatformMaker {
    RailwayPlatformMaker(
      url: url ?? standIn.url + "/graphql/v2",
      transport: Workbench.transport,
      clock: bench.clock,
      secret: { name in secrets[name].map { Redacted($0) } }
    )
  }

  var choice: PlatformChoice { Self.choice() }

  static func choice(_ settings: [String: String] = [:]) -> PlatformChoice {
    let all = ["project": project, "environment": environment, "service": service]
      .merging(settings) { $1 }
    return PlatformChoice(
      kind: "railway",
      settings: all.mapValues { Setting(.text($0), place: "production.yaml:9:5") },
      place: "production.yaml:8:3"
    )
  }

  func platform(_ settings: [String: String] = [:]) throws -> any Platform {
    try maker.make(Self.choice(settings))
  }

  func failNext() async throws {
    try await standIn.order(
      #"{"next": [{"ends": "FAILED", "step": "BUILD_IMAGE", "error": "no space left"}]}"#
    )
  }

  func effect() async throws -> [String] {
    let state = try await state()
    guard state.served != nil else { return [] }
    return ["\(try await bench.said().model.version)", "deployment \(state.deployments.count)"]
  }

  /// The service's state; nothing that was sent or answered may have broken Railway's schema.
  func state() async throws -> State {
    let report = try await standIn.report(State.self)
    #expect(report.violations == [])
    return report.state
  }

  /// The names of the operations so far.
  func operations() async throws -> [String] {
    struct Report: Decodable {
      struct Asked: Decodable {
        struct Body: Decodable { var operationName: String? }
        var body: Body?
      }
      var requests: [Asked]
    }
    let response = try await Workbench.transport.send(Request(.get, standIn.url + "/__control"))
    let report = try JSONDecoder().decode(Report.self, from: Data(response.body))
    return report.requests.compactMap { $0.body?.operationName }
  }
}

/// Runs a test with a stand-in for Railway, whose service runs version 7 unless told otherwise.
func atRailway(
  _ options: [String] = ["--variable", "MODEL_VERSION=7", "--live"],
  test: (RailwayStage) async throws -> Void
) async throws {
  let stage = try await RailwayStage(Workbench(), options: options)
  try await test(stage)
}
