import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `What is wrong with Railway` {
  private var problems: RailwayProblems {
    get throws {
      RailwayProblems(
        settings: try RailwaySettings(RailwayStage.choice()),
        token: .account(Redacted("t-71"))
      )
    }
  }

  private func platform(at url: String) throws -> any Platform {
    let maker = RailwayPlatformMaker(
      url: url,
      transport: Workbench.transport,
      clock: TestClock(),
      secret: { _ in Redacted("t-71") }
    )
    return try maker.make(RailwayStage.choice())
  }

  private func problem(
    _ stage: RailwayStage,
    _ secrets: [String: String] = ["RAILWAY_TOKEN": RailwayStage.projectToken],
    _ settings: [String: String] = [:]
  ) async throws -> PlatformProblem? {
    let platform = try stage.maker(secrets).make(RailwayStage.choice(settings))
    return await platform.obstacle(try stage.bench.order(8))
  }

  @Test func `is nothing, with a token of the project or of an account`() async throws {
    try await atRailway { stage in
      let ofProject = try await problem(stage)
      #expect(ofProject == nil)
      let ofAccount = try await problem(
        stage,
        ["RAILWAY_API_TOKEN": RailwayStage.accountToken]
      )
      #expect(ofAccount == nil)
      #expect(try await stage.operations() == ["Scope", "Look", "Look"])
      #expect(try await stage.state().deployments.count == 1, "a look ahead touches nothing")
    }
  }

  @Test func `is a token that is not set, and both its names are told`() async throws {
    try await atRailway { stage in
      #expect(throws: RailwayProblems.tokenMissing()) {
        try stage.maker(["RAILWAY_TOKEN": ""]).make(stage.choice)
      }
      let text = RailwayProblems.tokenMissing().nextStep
      #expect(text.contains("RAILWAY_TOKEN") && text.contains("RAILWAY_API_TOKEN"))
    }
  }

  @Test(arguments: ["RAILWAY_TOKEN", "RAILWAY_API_TOKEN"])
  func `is a token that was revoked, told by its variable`(variable: String) async throws {
    try await atRailway { stage in
      let problem = try await problem(stage, [variable: "revoked-1d3a"])
      #expect(problem?.code == "platform.unauthorized")
      #expect(problem?.nextStep.contains("Set \(variable) to") == true)
      #expect("\(problem?.why ?? "")\(problem?.nextStep ?? "")".contains("1d3a") == false)
    }
  }

  @Test func `is a token that is revoked while a deployment is followed`() async throws {
    try await atRailway { stage in
      let platform = try stage.platform()
      let order = try stage.bench.order(8)
      let receipt = try await platform.deploy(order, key: StepKey("r/1"))
      try await stage.standIn.order(#"{"tokens": []}"#)
      do throws(PlatformProblem) {
        let progress = try await platform.progress(of: receipt, order: order)
        Issue.record("\(progress)")
      } catch {
        #expect(error.code == "platform.unauthorized")
        #expect(error.handling == .hold)
      }
      try await stage.standIn.order(#"{"tokens": ["\#(RailwayStage.projectToken)"]}"#)
      #expect(try await platform.outcome(of: receipt, order) == .live)
    }
  }

  @Test func `is a project token of another environment`() async throws {
    try await atRailway { stage in
      let problem = try await problem(
        stage,
        ["RAILWAY_TOKEN": RailwayStage.projectToken],
        ["environment": "another"]
      )
      #expect(problem?.code == "platform.unauthorized")
      #expect(problem?.why.contains("\(RailwayStage.environment) of project") == true)
    }
  }

  @Test(arguments: ["service", "environment", "project"])
  func `is an id that it does not know, told by its setting`(setting: String) async throws {
    try await atRailway { stage in
      let problem = try await problem(
        stage,
        ["RAILWAY_API_TOKEN": RailwayStage.accountToken],
        [setting: "unheard-of"]
      )
      #expect(problem?.code == "platform.service-missing")
      #expect(problem?.nextStep.contains(setting) == true)
    }
  }

  @Test func `is a sealed variable, whose value nobody can put back`() async throws {
    try await atRailway { stage in
      try await stage.standIn.order(#"{"seal": "MODEL_VERSION"}"#)
      let problem = try await problem(stage)
      #expect(problem?.code == "platform.misconfigured")
      #expect(problem?.why.contains("MODEL_VERSION is sealed") == true)
    }
  }

  @Test(arguments: [
    ("postgres://me:secret@db", "no version number"), ("${{shared.V}}", "reference"),
  ])
  func `is a variable that holds something else, which is not shown`(
    value: String,
    why: String
  ) async throws {
    try await atRailway(["--variable", "MODEL_VERSION=\(value)"]) { stage in
      let problem = try await problem(stage)
      #expect(problem?.code == "platform.misconfigured")
      #expect(problem?.why.hasPrefix("production.yaml:8:3: MODEL_VERSION holds") == true)
      #expect(problem?.why.contains(why) == true)
      #expect(problem?.why.contains(value) == false)
      let receipt = try await stage.platform().deploy(stage.bench.order(8), key: StepKey("r/1"))
      #expect(receipt.notes == [:], "what is no version is not kept")
    }
  }

  @Test(arguments: [
    ("Two Factor Authentication Required", "platform.unauthorized", "two-factor"),
    ("Upgrade your plan to deploy", "platform.forbidden", "plan"),
    ("Problem processing request", "platform.out-of-order", "tried again"),
    ("Deploys are paused: incident 4711", "platform.deploy-failed", "log"),
  ])
  func `is told in its own words, and what to do`(
    message: String,
    code: String,
    remedy: String
  ) throws {
    let body =
      #"{"data": null, "errors": [{"message": "\#(message) (t-71)", "path": ["variableUpsert"]}]}"#
    let problem = try problems.problem(Response(status: 200, body: Array(body.utf8)))
    #expect(problem?.code == code)
    #expect(problem?.why == "it says: \(message) (•••)")
    #expect(problem?.nextStep.contains(remedy) == true)
  }

  @Test func `is told in its own words when it refuses to deploy`() async throws {
    try await atRailway { stage in
      try await stage.standIn.order(
        #"{"operations": [{"operation": "Deploy", "do": "refuse", "message": "Commit not found"}]}"#
      )
      let problem = await (try stage.platform()).problem(try stage.bench.order(8))
      #expect(
        problem == .deployFailed(platform: "railway", why: "it says: Commit not found")
      )
    }
  }

  @Test(arguments: [429, 500, 502, 503, 504])
  func `may pass by itself, after the time that it names`(status: Int) throws {
    let response = Response(
      status: status,
      headers: [HeaderField("retry-after", "7")],
      body: Array(#"{"data":null}"#.utf8)
    )
    guard case .outOfOrder(_, let why, let retryAfter) = try problems.problem(response) else {
      Issue.record("it is another one")
      return
    }
    #expect(why.contains("\(status)"))
    #expect(retryAfter == .seconds(7))
  }

  @Test func `is asking too often, after which the same step goes through`() async throws {
    try await atRailway { stage in
      try await stage.standIn.order(#"{"faults": [{"do": "status", "status": 429}]}"#)
      let platform = try stage.platform()
      #expect(await platform.problem(try stage.bench.order(8))?.handling == .retry)
      #expect(try await platform.carryOut(stage.bench.order(8), "r/1") == .live)
      #expect(try await stage.state().deployments.count == 2)
    }
  }

  @Test func `is its absence, during which a deployment goes on`() async throws {
    try await atRailway { stage in
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

  @Test(arguments: [
    "null", "[]", "<html>", #"{"data": null}"#, #"{"data": {"serviceInstance": 1}}"#,
  ])
  func `is an answer that its schema does not allow, and it is not quoted`(
    body: String
  ) async throws {
    let receiver = try Receiver { _ in Receiver.Answer(body: body) }
    let problem = await (try platform(at: receiver.url)).problem(try Workbench.order(8, port: 1))
    #expect(
      problem
        == .unintelligible(
          platform: "railway",
          why: "the answer to Look is not of the form that its schema promises"
        )
    )
  }

  @Test func `is an address that is none`() async throws {
    let problem = await (try platform(at: "backboard")).problem(try Workbench.order(8, port: 1))
    #expect(problem?.code == "platform.misconfigured")
    #expect(problem?.why.hasPrefix("RAILWAY_API_URL") == true)
  }
}
