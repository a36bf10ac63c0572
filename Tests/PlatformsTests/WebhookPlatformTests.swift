import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `A webhook` {
  private let clock = TestClock()
  private let order: DeployOrder

  init() throws {
    order = try Workbench.order(7, port: 1)
  }

  private func platform(
    _ url: String,
    status: String? = nil,
    secret: String? = nil
  ) throws -> any Platform {
    var settings = ["url": Setting(.text(url), place: "environments/production.yaml:9:5")]
    settings["status-url"] = status.map { Setting(.text($0)) }
    if secret != nil { settings["secret-variable"] = Setting(.text("HOOK_SECRET")) }
    let maker = WebhookPlatformMaker(transport: Workbench.transport, clock: clock) { name in
      name == "HOOK_SECRET" ? secret.map { Redacted($0) } : nil
    }
    return try maker.make(PlatformChoice(kind: "webhook", settings: settings))
  }

  @Test func `gets the order as JSON under its key`() async throws {
    let receiver = try Receiver { _ in Receiver.Answer(status: 202) }
    _ = try await platform(receiver.url + "/deploy").deploy(order, key: StepKey("r/1"))
    let received = try #require(receiver.received.first)
    #expect(received.method == "POST")
    #expect(received.target == "/deploy")
    #expect(received.headers["content-type"] == "application/json")
    #expect(received.headers["idempotency-key"] == "r/1")
    #expect(received.headers["x-release-signature"] == nil)
    #expect(
      received.body
        == #"{"environment":"production","key":"r/1","model":"iris","slot":{"stage":"Production"},"#
        + #""target":"service","version":7}"#
    )
  }

  /// The signatures were made with Python's `hmac`, from the same secret and texts.
  @Test func `gets order and question signed over the time and what is said`() async throws {
    let receiver = try Receiver { _ in Receiver.Answer(body: #"{"status": "live"}"#) }
    let platform = try platform(receiver.url, status: receiver.url, secret: "hunter2")
    let receipt = try await platform.deploy(order, key: StepKey("r/1"))
    _ = try await platform.progress(of: receipt, order: order)
    #expect(
      receiver.received.map { $0.headers["x-release-timestamp"] } == ["1767225600", "1767225600"]
    )
    #expect(
      receiver.received.map { $0.headers["x-release-signature"] } == [
        "sha256=7a491ec51499b81f0cf04ecbba8b27a46a136366ad71e0eb7afb0a477bdc2439",
        "sha256=2b661d261f470bd7606fb093e9ddb8a2aa595a96c6b09895fa1325e41645086e",
      ]
    )
  }

  @Test func `without its secret is not made`() throws {
    let maker = WebhookPlatformMaker(transport: Workbench.transport, clock: clock) { _ in nil }
    let settings: [String: Setting] = [
      "url": Setting(.text("http://127.0.0.1:1")), "secret-variable": Setting(.text("HOOK_SECRET")),
    ]
    #expect(throws: WebhookProblems.secretMissing("HOOK_SECRET")) {
      try maker.make(PlatformChoice(kind: "webhook", settings: settings))
    }
  }

  @Test(arguments: [
    (302, "platform.misconfigured", Handling.hold), (400, "platform.deploy-failed", .stop),
    (401, "platform.unauthorized", .hold), (403, "platform.unauthorized", .hold),
    (404, "platform.misconfigured", .hold), (409, "platform.out-of-order", .retry),
    (422, "platform.deploy-failed", .stop), (429, "platform.out-of-order", .retry),
    (500, "platform.out-of-order", .retry), (503, "platform.out-of-order", .retry),
  ])
  func `that refuses is told with its own words`(
    status: Int,
    code: String,
    handling: Handling
  ) async throws {
    let receiver = try Receiver { received in
      var answer = Receiver.Answer(status: status, body: "no: \(received.target)")
      answer.headers = ["Retry-After: 7", "Location: /elsewhere"]
      return answer
    }
    let problem = await (try platform(receiver.url + "/hook-8c1f")).problem(order)
    #expect(problem?.code == code)
    #expect(problem?.handling == handling)
    #expect(problem?.why.contains("it answered \(status)") == true)
    #expect(problem?.why.contains("hook-8c1f") == false)
    #expect(receiver.received.count == 1)
    if case .outOfOrder(_, _, let retryAfter) = problem { #expect(retryAfter == .seconds(7)) }
    if case .misconfigured(_, _, let place) = problem {
      #expect(place == "environments/production.yaml:9:5")
    }
  }

  @Test func `that cannot be reached may be tried again`() async throws {
    let url = "http://127.0.0.1:\(try FreePort.next())/hook-8c1f"
    let problem = await (try platform(url)).problem(order)
    #expect(problem?.code == "platform.unreachable")
    #expect(problem?.why.contains("hook-8c1f") == false)
  }

  @Test(arguments: [
    (#"{"status": "running", "detail": "step 2 of 3"}"#, DeployProgress.running("step 2 of 3")),
    (#"{"status": "running"}"#, .running("under way")),
    (#"{"status": "live", "detail": null}"#, .live),
    (#"{"status": "failed", "detail": "disk full"}"#, .failed("disk full")),
    (#"{"status": "superseded", "detail": "by 9"}"#, .superseded("by 9")),
  ])
  func `with a status URL is asked by key`(body: String, progress: DeployProgress) async throws {
    let receiver = try Receiver { _ in Receiver.Answer(body: body) }
    let platform = try platform(receiver.url, status: receiver.url + "/status?team=a")
    let receipt = try await platform.deploy(order, key: StepKey("r/1"))
    #expect(try await platform.progress(of: receipt, order: order) == progress)
    #expect(receiver.received.last?.target == "/status?team=a&key=r%2F1")
  }

  @Test(arguments: [#"{"status": "done"}"#, "{}", "<html>", "", #"["live"]"#])
  func `is never live on an answer that makes no sense`(body: String) async throws {
    let receiver = try Receiver { _ in Receiver.Answer(body: body) }
    let platform = try platform(receiver.url, status: receiver.url)
    let receipt = try await platform.deploy(order, key: StepKey("r/1"))
    do throws(PlatformProblem) {
      let progress = try await platform.progress(of: receipt, order: order)
      Issue.record("\(progress)")
    } catch {
      #expect(error.code == "platform.unintelligible")
    }
  }

  @Test func `that never gets done has failed when its time is over`() async throws {
    let receiver = try Receiver { received in
      Receiver.Answer(status: received.method == "GET" ? 404 : 200)
    }
    let platform = try platform(receiver.url, status: receiver.url)
    let receipt = try await platform.deploy(order, key: StepKey("r/1"))
    #expect(
      try await platform.progress(of: receipt, order: order)
        == .running("the receiver does not list the order yet")
    )
    clock.advance(by: .seconds(901))
    #expect(
      try await platform.progress(of: receipt, order: order)
        == .failed("It is still under way after 15m.")
    )
  }
}
