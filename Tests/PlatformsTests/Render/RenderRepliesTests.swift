import FoundationEssentials
import HTTPWire
import ReleaseCore
import TestSupport
import Testing

@testable import Platforms

@Suite struct `Replies of Render` {
  /// One recorded exchange with the real Render.
  struct Exchange: Decodable, Sendable, CustomTestStringConvertible {
    struct Asked: Decodable, Sendable {
      var method: String
      var path: String
    }
    struct Answered: Decodable, Sendable {
      var status: Int
      var headers: [String: String]
      var body: String
    }
    var request: Asked
    var response: Answered

    var testDescription: String { "\(request.method) \(request.path) \(response.status)" }

    /// What the vendor was asked, by the end of its path.
    var subject: String {
      "\(request.method) \(request.path.split(separator: "/").dropFirst(3).joined(separator: "/"))"
    }
  }

  /// Third-party data: it lies beside the project, and is never part of it.
  static let recorded: [Exchange] = {
    let folder = "\(Project.root)/../shared/data/schemas"
    let path = "\(folder)/render-recorded-interactions.json"
    let bytes = (try? Data(contentsOf: URL(filePath: path))) ?? Data()
    return (try? JSONDecoder().decode([Exchange].self, from: bytes)) ?? []
  }()

  @Test(.enabled(if: !recorded.isEmpty), arguments: recorded)
  func `are read as they were recorded`(exchange: Exchange) throws {
    let body = Array(exchange.response.body.utf8)
    switch (exchange.subject, exchange.response.status) {
    case ("POST deploys", 201):
      let deploy = try #require(RenderReplies.deploy(body))
      #expect(deploy.meaning == .running)
      #expect(deploy.isOrdered)
    case ("POST deploys", 202): #expect(body.isEmpty)
    case ("GET ", 200), ("PATCH ", 200):
      let service = try #require(RenderReplies.service(body))
      #expect(service.type == "background_worker")
      #expect(service.suspendedBy == nil)
      #expect(service.deploysOnPush == (exchange.request.method == "GET"))
    case (_, 404):
      #expect(RenderReplies.words(body) == "not found: srv-cu2k74pu0jms73dabmgg")
    case _: #expect(exchange.response.body == "[]\n", "only empty lists of variables are left")
    }
    let headers = exchange.response.headers.map { HeaderField($0.key, $0.value) }
    let limited = Response(status: 429, headers: headers)
    #expect(try #require(RenderReplies.retryAfter(limited)) <= .seconds(60))
  }

  @Test func `know all eleven words for where a deploy is`() {
    let meanings = RenderDeployStatus.allCases.map { "\($0.rawValue) \($0.meaning)" }
    #expect(
      meanings == [
        "created running", "queued running", "build_in_progress running",
        "pre_deploy_in_progress running", "update_in_progress running", "live serving",
        "deactivated replaced", "build_failed failed", "pre_deploy_failed failed",
        "update_failed failed", "canceled canceled",
      ]
    )
  }

  @Test func `never take an unknown word for live`() throws {
    let body = #"{"id":"dep-1","status":"teleporting","createdAt":"2026-01-01T00:00:00Z"}"#
    #expect(try #require(RenderReplies.deploy(Array(body.utf8))).meaning == .running)
  }

  @Test(arguments: [
    "", "[]", "<html>", #"{"id":"dep-1"}"#,
    #"{"id":"dep-1","status":"live","createdAt":"yesterday"}"#,
  ])
  func `are refused when they are no deploy`(body: String) {
    #expect(RenderReplies.deploy(Array(body.utf8)) == nil)
    #expect(RenderReplies.deploys(Array("[{\"deploy\":\(body)}]".utf8)) == nil)
  }

  @Test func `tell whether a push deploys, in the old word and the new`() {
    let start = #"{"type":"web_service","suspended":"not_suspended","#
    for (words, deploys) in [
      (#""autoDeploy":"yes"}"#, true), (#""autoDeploy":"no"}"#, false),
      (#""autoDeploy":"yes","autoDeployTrigger":"off"}"#, false),
      (#""autoDeploy":"no","autoDeployTrigger":"checksPass"}"#, true),
    ] {
      #expect(RenderReplies.service(Array((start + words).utf8))?.deploysOnPush == deploys)
    }
  }

  @Test func `give no reason for a deploy that is not in the events`() {
    let body = #"[{"event":{"details":{"deployId":"dep-1","reason":{"failure":{}}}}}]"#
    #expect(RenderEnding.reason(of: "dep-1", in: Array(body.utf8)) == nil)
    #expect(RenderEnding.reason(of: "dep-2", in: Array(body.utf8)) == nil)
    #expect(RenderEnding.reason(of: "dep-1", in: Array("<html>".utf8)) == nil)
  }

  // MARK: Matching a deploy in the list

  private func deploy(_ number: Int, _ trigger: String = "api") -> RenderDeploy {
    RenderDeploy(
      id: "dep-\(number)",
      word: "live",
      trigger: trigger,
      createdAt: Moment(milliseconds: Int64(number) * 1000)
    )
  }

  private func mark(after: String?) throws -> RenderMark {
    RenderMark(key: StepKey("r/1"), version: try #require(VersionNumber(8)), after: after)
  }

  @Test func `match the first ordered deploy after the mark, in whatever order they are listed`()
    throws
  {
    let all = [deploy(3), deploy(1), deploy(4), deploy(2, "new_commit")]
    #expect(all.announced(by: try mark(after: "dep-1"))?.id == "dep-3")
    #expect(all.announced(by: try mark(after: "dep-3"))?.id == "dep-4")
    #expect(all.announced(by: try mark(after: "dep-4")) == nil)
    #expect(all.announced(by: try mark(after: nil))?.id == "dep-1")
  }

  @Test func `match nothing when the mark is older than the list`() throws {
    #expect([deploy(3), deploy(4)].announced(by: try mark(after: "dep-1")) == nil)
  }

  @Test func `match no push`() throws {
    let all = [deploy(1), deploy(2, "new_commit"), deploy(3, "rollback")]
    #expect(all.announced(by: try mark(after: "dep-1")) == nil)
  }

  @Test(arguments: ["production-1/2 8 dep-1", "production-1/2 8 -"])
  func `carry a mark that reads back as it was written`(text: String) throws {
    let mark = try #require(RenderMark(text: text))
    #expect(mark.text == text)
    #expect(mark.after == (text.hasSuffix("-") ? nil : "dep-1"))
  }

  @Test(arguments: ["", "r/1", "r/1 8", "r/1 eight dep-1", "r/1 8 dep-1 more"])
  func `carry no mark in any other text`(text: String) {
    #expect(RenderMark(text: text) == nil)
  }
}
