import FoundationEssentials
import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

/// The stand-in for Heroku with one app, and the adapter that talks to it.
struct HerokuStage: HostedStage {
  /// The app as the stand-in tells it.
  struct State: Decodable {
    struct Release: Decodable {
      var version: Int
      var status: String
      var description: String
    }
    struct Dyno: Decodable {
      var id: String
      var name: String
      var state: String
    }
    var config: [String: String]
    var releases: [Release]
    var dynos: [Dyno]
  }

  static let app = "iris-standin"
  static let token = "heroku-standin"

  let bench: Workbench
  let standIn: StandIn

  /// Starts the stand-in with some version in release v1.
  ///
  /// The app answers where the orders of the workbench look for it.
  init(_ bench: Workbench, version: Int = 1, options: [String] = []) async throws {
    self.bench = bench
    let script = bench.folder.file(ServiceScript.name)
    let always = [
      "--start", "python3 '\(script)' $PORT", "--pace", "0.05", "--front-port", "\(bench.port)",
      "--variable", "MODEL_VERSION=\(version)", "--live",
    ]
    standIn = try await StandIn("heroku", always + options)
  }

  var maker: any PlatformMaker { maker() }

  func maker(token: String? = HerokuStage.token, url: String? = nil) -> HerokuPlatformMaker {
    HerokuPlatformMaker(
      url: url ?? standIn.url,
      transport: Workbench.transport,
      clock: bench.clock,
      secret: { name in name == "HEROKU_API_KEY" ? token.map { Redacted($0) } : nil }
    )
  }

  var choice: PlatformChoice { Self.choice() }

  static func choice(_ settings: [String: String] = [:]) -> PlatformChoice {
    PlatformChoice(
      kind: "heroku",
      settings: ["app": app].merging(settings) { $1 }
        .mapValues { Setting(.text($0), place: "production.yaml:9:5") },
      place: "production.yaml:8:3"
    )
  }

  func platform(_ settings: [String: String] = [:]) throws -> any Platform {
    try maker.make(Self.choice(settings))
  }

  func failNext() async throws {
    try await standIn.order(
      #"{"phases": [{"fails": true, "output": "migrating\nno space left\n"}]}"#
    )
  }

  /// Empty while only the code has been released, which an app on Heroku cannot be without.
  func effect() async throws -> [String] {
    let state = try await state()
    guard state.releases.count > 1 else { return [] }
    return ["\(try await bench.said().model.version)", "v\(state.releases.count)"]
      + state.dynos.map(\.id)
  }

  /// The app's state; nothing that was sent or answered may have broken Heroku's hyper-schema.
  func state() async throws -> State {
    let report = try await standIn.report(State.self)
    #expect(report.violations == [])
    return report.state
  }

  /// The calls so far: method and path behind the app.
  func calls() async throws -> [String] {
    try await standIn.report(State.self).requests.map { asked in
      let path = asked.path.split(separator: "/").dropFirst(2).joined(separator: "/")
      return path.isEmpty ? "\(asked.method) app" : "\(asked.method) \(path)"
    }
  }
}

/// Runs a test with a stand-in for Heroku, whose app runs version 7.
func atHeroku(
  _ options: String...,
  test: (HerokuStage) async throws -> Void
) async throws {
  let stage = try await HerokuStage(Workbench(), version: 7, options: options)
  try await test(stage)
}
