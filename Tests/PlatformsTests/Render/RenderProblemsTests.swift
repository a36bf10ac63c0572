import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `What Render refuses` {
  @Test(arguments: [
    (400, "platform.deploy-failed", Handling.stop), (401, "platform.unauthorized", .hold),
    (402, "platform.forbidden", .hold), (403, "platform.unauthorized", .hold),
    (404, "platform.service-missing", .hold), (409, "platform.out-of-order", .retry),
    (410, "platform.service-missing", .hold), (429, "platform.out-of-order", .retry),
    (500, "platform.out-of-order", .retry), (503, "platform.out-of-order", .retry),
  ])
  func `is told in its words, with what to do`(
    status: Int,
    code: String,
    handling: Handling
  ) throws {
    let response = Response(status: status, body: Array(#"{"message":"no: rnd_1 of me"}"#.utf8))
    let problem = try problems().refusal(response)
    #expect(problem.code == code)
    #expect(problem.handling == handling)
    #expect(!problem.nextStep.isEmpty)
    #expect(!"\(problem)".contains("rnd_1"), "an echoed key is never shown")
    switch problem {
    case .unauthorized(_, _, let nextStep): #expect(nextStep.contains("RENDER_API_KEY"))
    case .serviceMissing(_, let service, let nextStep):
      #expect(service == "srv-abc")
      #expect(nextStep.contains("production.yaml:9:5"))
    case _: #expect(problem.why.contains("it answered \(status): no: ••• of me"))
    }
  }

  @Test func `is shown, when it is no JSON, as far as it is text`() throws {
    let response = Response(status: 502, body: Array("<html>\u{1B}[31mBad Gateway</html>".utf8))
    let problem = try problems().refusal(response)
    #expect(problem.why == "it answered 502: <html> [31mBad Gateway</html>")
  }

  @Test(
    arguments: [
      (429, ["Retry-After": "7", "Ratelimit-Reset": "31"], Duration.seconds(7)),
      (429, ["Ratelimit-Reset": "31"], .seconds(31)),
      (429, ["Ratelimit-Reset": "1795420800"], nil), (429, ["Retry-After": "soon"], nil),
      (503, ["Ratelimit-Reset": "31"], nil), (503, ["Retry-After": "2"], .seconds(2)),
    ] as [(Int, [String: String], Duration?)]
  )
  func `for now says when to come again`(
    status: Int,
    headers: [String: String],
    wait: Duration?
  ) {
    let fields = headers.map { HeaderField($0.key, $0.value) }
    #expect(RenderReplies.retryAfter(Response(status: status, headers: fields)) == wait)
  }

  private func problems() throws -> RenderProblems {
    let settings = try RenderSettings(
      PlatformChoice(
        kind: "render",
        settings: ["service": Setting(.text("srv-abc"), place: "production.yaml:9:5")]
      )
    )
    return RenderProblems(settings: settings, token: Redacted("rnd_1"))
  }
}

@Suite struct `Looking ahead at Render` {
  private func obstacle(_ stage: RenderStage, _ settings: [String: String] = [:]) async throws
    -> PlatformProblem?
  {
    await (try stage.platform(settings)).obstacle(try stage.bench.order(8))
  }

  @Test func `finds a service that is not there, is suspended, or serves nothing`() async throws {
    try await atRender { stage in
      let missing = try await obstacle(stage, ["service": "srv-other"])
      #expect(missing?.code == "platform.service-missing")
      #expect(missing?.what.contains("srv-other") == true)
      try await stage.standIn.order(#"{"suspended": ["billing"]}"#)
      #expect(
        try await obstacle(stage)?.why
          == "\(RenderStage.service) is suspended (billing)"
      )
      #expect(try await obstacle(stage)?.nextStep.contains("dashboard.render.com/billing") == true)
      try await stage.standIn.order(#"{"suspended": ["user"]}"#)
      #expect(
        try await obstacle(stage)?.nextStep.hasPrefix("Resume \(RenderStage.service)") == true
      )
      try await stage.standIn.order(#"{"suspended": [], "type": "cron_job"}"#)
      #expect(try await obstacle(stage)?.code == "platform.misconfigured")
    }
  }

  @Test func `refuses a variable whose value it could not put back`() async throws {
    try await atRender { stage in
      for value in ["hunter2", "7.1", "latest", "-7"] {
        try await stage.standIn.order(#"{"variables": {"SECRET": "\#(value)"}}"#)
        let problem = try await obstacle(stage, ["variable": "SECRET"])
        #expect(problem?.code == "platform.misconfigured")
        #expect(problem?.why.contains(value) == false)
      }
      #expect(try await obstacle(stage, ["variable": "ABSENT"]) == nil)
    }
  }

  @Test func `finds that there is no build to run`() async throws {
    try await atRender("--never") { stage in
      let problem = try await obstacle(stage)
      #expect(problem?.why.contains("never been deployed") == true)
      #expect(try await obstacle(stage, ["deploy": "build_and_deploy"]) == nil)
    }
  }

  @Test func `names the key when Render does not take it`() async throws {
    try await atRender { stage in
      try await stage.standIn.order(#"{"tokens": ["rnd_other"]}"#)
      let problem = try await obstacle(stage)
      #expect(problem?.code == "platform.unauthorized")
      #expect(problem?.why == "it answered 401 to the key in RENDER_API_KEY: Unauthorized")
      #expect(problem?.nextStep.contains("RENDER_API_KEY") == true)
    }
  }

  @Test func `that cannot reach Render may be tried again`() async throws {
    let bench = try Workbench()
    let maker = RenderPlatformMaker(
      transport: Workbench.transport,
      clock: bench.clock,
      token: { Redacted("rnd_1") },
      base: "http://127.0.0.1:\(bench.port)"
    )
    let settings = ["service": Setting(.text("srv-abc"))]
    let platform = try maker.make(PlatformChoice(kind: "render", settings: settings))
    let problem = await platform.obstacle(try bench.order(8))
    #expect(problem?.code == "platform.unreachable")
  }

  @Test func `writes nothing, and cautions against what may undo a release later`() async throws {
    try await atRender { stage in
      let platform = try #require(try stage.platform() as? RenderPlatform)
      let order = try stage.bench.order(8)
      #expect(await platform.obstacle(order) == nil)
      #expect(try await stage.calls().allSatisfy { $0.hasPrefix("GET ") })
      try await stage.standIn.order(#"{"autoDeploy": "no"}"#)
      #expect(try await platform.cautions(order) == [])
      try await stage.standIn.order(#"{"autoDeploy": "yes", "sync": {}}"#)
      let cautions = try await platform.cautions(order)
      #expect(cautions.count == 2)
      #expect(cautions.first?.nextStep.contains("autoDeployTrigger") == true)
      #expect(cautions.last?.nextStep.contains("sync: false") == true)
    }
  }
}
