import FoundationEssentials
import HTTPWire
import ReleaseCore
import Synchronization

@testable import Platforms

/// An adapter with a real outside of its own, for the laws that every platform keeps.
struct Stage: Sendable {
  enum Adapter: String, CaseIterable, Sendable {
    case process
    case processWithOverlap
    case command
    case webhook
    case webhookWithStatus
    case none
    case render
    case railway
    case heroku
  }

  let adapter: Adapter
  let bench: Workbench
  private let site: Site
  /// The vendor's stand-in, for the platforms that are somebody else's.
  private let hosted: (any HostedStage)?

  /// What a webhook's receiver has deployed: an order once per key, as the platform asks of it.
  private final class Site: Sendable {
    let orders = Mutex<[String: String]>([:])
    let served = Mutex<[String]>([])
  }
  private let receiver: Receiver

  init(_ adapter: Adapter, _ bench: Workbench) async throws {
    self.adapter = adapter
    self.bench = bench
    hosted =
      switch adapter {
      case .render: try await RenderStage(bench)
      case .railway: try await RailwayStage(bench)
      case .heroku: try await HerokuStage(bench)
      case .process, .processWithOverlap, .command, .webhook, .webhookWithStatus, .none: nil
      }
    let site = Site()
    self.site = site
    receiver = try Receiver { received in Self.answer(received, site) }
    try bench.folder.write("printf %s \"$MODEL_VERSION\" > served; exit $1", to: "deploy.sh")
  }

  var maker: any PlatformMaker {
    if let hosted { return hosted.maker }
    return switch adapter {
    case .process, .processWithOverlap: bench.maker
    case .command: CommandPlatformMaker(place: bench.place, clock: bench.clock)
    case .webhook, .webhookWithStatus:
      WebhookPlatformMaker(transport: Workbench.transport, clock: bench.clock) { _ in nil }
    case .none, .render, .railway, .heroku: NonePlatformMaker(clock: bench.clock)
    }
  }

  /// A declaration that works, or one whose deploys of version 8 must fail.
  func choice(fails: Bool = false) -> PlatformChoice {
    if let hosted { return hosted.choice }
    let settings: [String: Setting] =
      switch adapter {
      case .process, .processWithOverlap:
        Workbench.processSettings(
          fails ? ["dies-at-8"] : [],
          port: bench.port,
          overlap: adapter == .processWithOverlap
        )
      case .command:
        ["run": Setting(.list(["sh", "deploy.sh", fails ? "3" : "0"].map { Setting(.text($0)) }))]
      case .webhook: ["url": Setting(.text(receiver.url + (fails ? "/refuse" : "/deploy")))]
      case .webhookWithStatus:
        [
          "url": Setting(.text(receiver.url + "/deploy")),
          "status-url": Setting(.text(receiver.url + (fails ? "/failed" : "/status"))),
        ]
      case .none, .render, .railway, .heroku: [:]
      }
    return PlatformChoice(kind: maker.kind, settings: settings, place: "production.yaml:8:3")
  }

  /// A platform as a controller makes it that starts anew.
  func platform(fails: Bool = false) async throws -> any Platform {
    if fails { try await hosted?.failNext() }
    return try maker.make(choice(fails: fails))
  }

  /// What the outside serves, and by what: equal before and after a deploy that changed nothing.
  func effect() async throws -> [String] {
    if let hosted { return try await hosted.effect() }
    switch adapter {
    case .process, .processWithOverlap:
      let pids = bench.running.map { "process \($0)" }
      return pids.isEmpty ? [] : ["\(try await bench.said().model.version)"] + pids
    case .command: return bench.folder.has("served") ? [bench.folder.text("served")] : []
    case .webhook, .webhookWithStatus:
      let all = site.served.withLock { $0 }
      return all.isEmpty ? [] : [all[all.count - 1], "order \(all.count)"]
    case .none, .render, .railway, .heroku: return []
    }
  }

  private static func answer(_ received: Receiver.Received, _ site: Site) -> Receiver.Answer {
    struct Order: Decodable {
      var version: Int
    }
    if received.target == "/refuse" { return Receiver.Answer(status: 422, body: "no such version") }
    if received.method == "GET" {
      let status = received.target.hasPrefix("/failed") ? "failed" : "live"
      return Receiver.Answer(body: #"{"status": "\#(status)"}"#)
    }
    let key = received.headers["idempotency-key"] ?? ""
    guard let order = try? JSONDecoder().decode(Order.self, from: Data(received.body.utf8)) else {
      return Receiver.Answer(status: 400)
    }
    let isNew = site.orders.withLock { $0.updateValue(received.body, forKey: key) == nil }
    if isNew { site.served.withLock { $0.append(String(order.version)) } }
    return Receiver.Answer(status: 202)
  }
}
