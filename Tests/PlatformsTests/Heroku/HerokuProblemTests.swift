import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `What is wrong with Heroku` {
  private var problems: HerokuProblems {
    get throws {
      HerokuProblems(
        settings: try HerokuSettings(HerokuStage.choice()),
        token: HerokuStage.token
      )
    }
  }

  private func problem(_ stage: HerokuStage) async throws -> PlatformProblem? {
    await (try stage.platform()).obstacle(try stage.bench.order(8))
  }

  @Test func `is nothing, which a look ahead finds without touching anything`() async throws {
    try await atHeroku { stage in
      let problem = try await problem(stage)
      #expect(problem == nil)
      let calls = try await stage.calls()
      #expect(calls == ["GET app", "GET config-vars", "GET releases", "GET formation"])
    }
  }

  @Test func `is a token that is not set`() async throws {
    try await atHeroku { stage in
      for token in [nil, ""] {
        #expect(throws: HerokuProblems.tokenMissing()) {
          try stage.maker(token: token).make(stage.choice)
        }
      }
      #expect(HerokuProblems.tokenMissing().nextStep.hasPrefix("Set HEROKU_API_KEY"))
    }
  }

  @Test func `is a token that is revoked while a release is followed`() async throws {
    try await atHeroku { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      try await stage.standIn.order(#"{"tokens": []}"#)
      do throws(PlatformProblem) {
        let progress = try await platform.progress(of: receipt, order: order)
        Issue.record("\(progress)")
      } catch {
        #expect(error.code == "platform.unauthorized")
        #expect(error.why == "it answered 401 unauthorized: Invalid credentials provided.")
        #expect(error.nextStep.contains("HEROKU_API_KEY"))
      }
      try await stage.standIn.order(#"{"tokens": ["\#(HerokuStage.token)"]}"#)
      #expect(try await platform.outcome(of: receipt, order) == .live)
    }
  }

  @Test func `is a token that may only read, found before anything is written`() async throws {
    try await atHeroku { stage in
      try await stage.standIn.order(#"{"scopes": "read read-protected"}"#)
      let problem = try await problem(stage)
      #expect(problem?.code == "platform.unauthorized")
      #expect(problem?.why == "the token may only read, read-protected")
      #expect(try await stage.calls() == ["GET app"])
    }
  }

  @Test func `is an app that it does not know`() async throws {
    try await atHeroku { stage in
      let platform = try stage.maker().make(HerokuStage.choice(["app": "unheard-of"]))
      let problem = await platform.obstacle(try stage.bench.order(8))
      #expect(problem?.code == "platform.service-missing")
      #expect(problem?.what.contains("unheard-of") == true)
      #expect(problem?.nextStep.contains("HEROKU_API_KEY") == true)
    }
  }

  @Test(arguments: [
    (#"{"maintenance": true}"#, "heroku maintenance:off"),
    (#"{"scale": {"web": 0}}"#, "heroku ps:scale web=1"),
  ])
  func `is an app that cannot be released to, with its remedy`(
    order: String,
    remedy: String
  ) async throws {
    try await atHeroku { stage in
      try await stage.standIn.order(order)
      let problem = try await problem(stage)
      #expect(problem?.code == "platform.misconfigured")
      #expect(problem?.why.contains(remedy) == true)
    }
  }

  @Test func `is a config var that holds something else, which is not shown`() throws {
    let problem = try problems.obstacle(value: "postgres://me:secret@db", named: "MODEL_VERSION")
    #expect(problem?.code == "platform.misconfigured")
    #expect(problem?.why.contains("config var MODEL_VERSION holds no version number") == true)
    #expect(problem?.why.contains("secret") == false)
    #expect(try problems.obstacle(value: "7", named: "MODEL_VERSION") == nil)
    #expect(try problems.obstacle(value: nil, named: "MODEL_VERSION") == nil)
  }

  @Test(arguments: [
    (402, "delinquent", "platform.forbidden", "dashboard.heroku.com/account/billing"),
    (403, "forbidden", "platform.unauthorized", "apps/iris-standin/access"),
    (403, "suspended", "platform.forbidden", "dashboard.heroku.com/account/billing"),
    (409, "conflict", "platform.out-of-order", "tried again"),
    (410, "gone", "platform.unintelligible", "API"),
    (422, "invalid_params", "platform.deploy-failed", "log"),
    (422, "verification_needed", "platform.forbidden", "dashboard.heroku.com/account/billing"),
    (429, "rate_limit", "platform.out-of-order", "tried again"),
    (503, "unavailable", "platform.out-of-order", "tried again"),
  ])
  func `is told in its own words, and what to do`(
    status: Int,
    id: String,
    code: String,
    remedy: String
  ) throws {
    let body = #"{"id": "\#(id)", "message": "no, \#(HerokuStage.token)"}"#
    let problem = try problems.problem(Response(status: status, body: Array(body.utf8)))
    #expect(problem?.code == code)
    #expect(problem?.why.hasPrefix("it answered \(status) \(id): no, •••") == true)
    #expect(problem?.nextStep.contains(remedy) == true)
  }

  @Test func `is told by its status when it answers with a page`() throws {
    let problem = try problems.problem(Response(status: 502, body: Array("<html>".utf8)))
    #expect(problem?.why == "it answered 502")
  }

  @Test(arguments: [("7", 7), (nil, 60), ("soon", 60)])
  func `is asking too often, and for how long to wait`(header: String?, seconds: Int) throws {
    let headers = header.map { [HeaderField("retry-after", $0)] } ?? []
    let problem = try problems.problem(Response(status: 429, headers: headers))
    guard case .outOfOrder(_, _, let retryAfter) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(retryAfter == .seconds(seconds))
  }

  @Test func `is asking too often, after which the same step goes through`() async throws {
    try await atHeroku { stage in
      try await stage.standIn.order(
        #"{"faults": [{"do": "status", "status": 429, "method": "PATCH"}]}"#
      )
      let platform = try stage.platform()
      #expect(await platform.problem(try stage.bench.order(8))?.handling == .retry)
      #expect(try await platform.carryOut(stage.bench.order(8), "r/1") == .live)
      #expect(try await stage.state().releases.count == 2)
    }
  }

  @Test func `is its absence, during which a release goes on`() async throws {
    try await atHeroku { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      try await stage.standIn.order(#"{"away": true}"#)
      do throws(PlatformProblem) {
        _ = try await platform.progress(of: receipt, order: order)
        Issue.record("it answered")
      } catch {
        #expect(error.handling == .retry)
      }
      try await stage.standIn.order(#"{"away": false}"#)
      #expect(try await platform.outcome(of: receipt, order) == .live)
    }
  }

  @Test(arguments: ["null", #"["MODEL_VERSION"]"#, #"{"MODEL_VERSION": 7}"#, "<html>"])
  func `is an answer that its schema does not allow, and it is not quoted`(
    body: String
  ) async throws {
    let receiver = try Receiver { _ in Receiver.Answer(body: body) }
    let maker = HerokuPlatformMaker(
      url: receiver.url,
      transport: Workbench.transport,
      clock: TestClock(),
      secret: { _ in Redacted(HerokuStage.token) }
    )
    let problem = await (try maker.make(HerokuStage.choice())).problem(
      try Workbench.order(8, port: 1)
    )
    #expect(
      problem
        == .unintelligible(
          platform: "heroku",
          why: "what it says of the config vars is not of the form that its schema promises"
        )
    )
  }

  @Test func `is a name that no app can have`() {
    #expect(throws: DeclarationProblem.self) {
      try HerokuSettings(HerokuStage.choice(["app": "../account"]))
    }
  }
}
