import FoundationEssentials
import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

/// The stand-in for Render with one service, and the adapter that talks to it.
struct RenderStage: HostedStage {
  /// The service as the stand-in tells it.
  struct State: Decodable {
    struct Deploy: Decodable {
      var id: String
      var status: String
      var trigger: String
    }
    var variables: [String: String]
    var deploys: [Deploy]
    /// The variables of the deploy that is live.
    var served: [String: String]?
  }

  static let service = "srv-standin0000000000000"
  static let token = "rnd_standin"

  let bench: Workbench
  let standIn: StandIn

  /// Starts the stand-in; its service has been deployed by hand, with version 6 or as told.
  init(
    _ bench: Workbench,
    options: [String] = [],
    serviceOptions: String = ""
  ) async throws {
    self.bench = bench
    let script = bench.folder.file(ServiceScript.name)
    let always = [
      "--start", "python3 '\(script)' $PORT \(serviceOptions)", "--pace", "0.05", "--minute", "1",
      "--live",
      "--variable", "MODEL_VERSION=6",
    ]
    standIn = try await StandIn("render", always + options)
  }

  var maker: any PlatformMaker { maker(token: Self.token) }

  func maker(token: String?, base: String? = nil) -> RenderPlatformMaker {
    RenderPlatformMaker(
      transport: Workbench.transport,
      clock: bench.clock,
      token: { token.map { Redacted($0) } },
      base: base ?? standIn.url
    )
  }

  var choice: PlatformChoice { choice() }

  func choice(_ settings: [String: String] = [:]) -> PlatformChoice {
    let all = ["service": Self.service].merging(settings) { $1 }
    return PlatformChoice(
      kind: "render",
      settings: all.mapValues { Setting(.text($0), place: "production.yaml:9:5") },
      place: "production.yaml:8:3"
    )
  }

  func platform(_ settings: [String: String] = [:]) throws -> any Platform {
    try maker.make(choice(settings))
  }

  func failNext() async throws {
    try await standIn.order(
      #"{"next": [{"ends": "update_failed", "reason": {"nonZeroExit": 3}}]}"#
    )
  }

  func effect() async throws -> [String] {
    let state = try await state()
    guard state.deploys.contains(where: { $0.trigger == "api" }) else { return [] }
    return ["\(try await servedVersion())", "deploy \(state.deploys.count)"]
  }

  /// What the service itself answers, at the address that stays.
  func servedVersion() async throws -> Int {
    let response = try await Workbench.transport.send(Request(.get, standIn.front + "/health"))
    return try JSONDecoder().decode(ServiceAnswer.self, from: Data(response.body)).model.version
  }

  /// The service's state; nothing that was sent or answered may have broken Render's contract.
  func state() async throws -> State {
    let report = try await standIn.report(State.self)
    #expect(report.violations == [])
    return report.state
  }

  /// Waits until no deploy is under way; gives up after some thirty seconds.
  func settle() async throws {
    for _ in 0..<1500 {
      let words = try await state().deploys.map(\.status)
      if words.allSatisfy({ RenderDeployStatus(rawValue: $0)?.meaning != .running }) { return }
      await Pause.milliseconds(20)
    }
  }

  /// The calls so far: method, path behind the service, status.
  func calls() async throws -> [String] {
    let report = try await standIn.report(State.self)
    return report.requests.map { asked in
      let path = asked.path.split(separator: "/").dropFirst(2).joined(separator: "/")
      return "\(asked.method) \(path) \(asked.status.map { "\($0)" } ?? "-")"
    }
  }
}

/// Runs a test with a stand-in for Render.
func atRender(
  _ options: String...,
  serviceOptions: String = "",
  test: (RenderStage) async throws -> Void
) async throws {
  let stage = try await RenderStage(
    Workbench(),
    options: options,
    serviceOptions: serviceOptions
  )
  try await test(stage)
}
