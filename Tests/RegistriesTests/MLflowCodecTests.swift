import Foundation
import HTTPWire
import ReleaseCore
import Testing

@testable import Registries

/// What we send and read, held against some 300 exchanges recorded from real servers.
@Suite(.enabled(if: !RecordedExchange.all.isEmpty, "no recordings beside this checkout"))
struct `Recorded exchanges with MLflow` {
  private static let model = ModelName("captest")

  private static func calls() throws -> [MLflowCall] {
    let two = try #require(VersionNumber(2))
    return [
      .anyModel, .model(model), .versions(model, page: "eyJvZmZzZXQiOiAyfQ==", size: 2),
      .version(two, model), .aliased("champion", model), .run("af1f"),
      .transition(two, model, stage: "Production", archivingOthers: true),
      .setAlias("champion", model, two), .setTag(two, model, name: "a", value: "b"),
      .deleteTag(two, model, name: "a"),
    ]
  }

  @Test func `contain every call we make, with its method, path, query and body`() throws {
    let requests = MLflowRequests(
      address: "http://127.0.0.1:5000",
      credentials: .none,
      workspace: nil
    )
    for call in try Self.calls() {
      let request = try requests.request(for: call)
      let url = try #require(URLComponents(string: request.url))
      let names = Set((url.queryItems ?? []).map(\.name))
      let body = request.body.map { Data($0) }
      let alike = RecordedExchange.all.filter { recorded in
        recorded.method == request.method.rawValue && recorded.path == url.path
          && recorded.response.status == 200
          && Self.shape(body).isSubset(of: Self.shape(recorded.requestBody))
      }
      #expect(!alike.isEmpty, "\(call.label)")
      // One recording seldom has all query items at once.
      let known = alike.reduce(into: Set<String>()) { $0.formUnion($1.query.keys) }
      #expect(names.isSubset(of: known), "\(call.label)")
    }
  }

  /// The fields of a JSON object with the kind of their values.
  private static func shape(_ body: Data?) -> Set<String> {
    guard let body, let object = try? JSONSerialization.jsonObject(with: body) as? [String: Any]
    else { return [] }
    return Set(object.map { "\($0.key): \($0.value is Bool ? "bool" : "\(type(of: $0.value))")" })
  }

  @Test(arguments: RecordedExchange.all.filter { (200..<300).contains($0.response.status) })
  func `are decoded when they went well`(exchange: RecordedExchange) throws {
    let end = exchange.path.replacingOccurrences(
      of: "/ajax-api/2.0/mlflow/",
      with: "/api/2.0/mlflow/"
    )
    switch (exchange.method, end) {
    case ("GET", "/api/2.0/mlflow/model-versions/get"),
      ("GET", "/api/2.0/mlflow/registered-models/alias"),
      ("POST", "/api/2.0/mlflow/model-versions/transition-stage"):
      let reply = MLflowReply.decode(MLflowReply.OneVersion.self, from: exchange.response)
      #expect(reply?.modelVersion.registered.isReady == true)
    case ("GET", "/api/2.0/mlflow/model-versions/search"):
      let reply = MLflowReply.decode(MLflowReply.VersionPage.self, from: exchange.response)
      #expect(reply != nil)
    case ("GET", "/api/2.0/mlflow/runs/get"):
      let reply = MLflowReply.decode(MLflowReply.OneRun.self, from: exchange.response)
      #expect(reply?.run.data?.metrics?.isEmpty == false)
    case (_, _) where exchange.response.contentType?.hasPrefix("application/json") == true:
      #expect(MLflowReply.decode(MLflowReply.Anything.self, from: exchange.response) != nil)
    case (_, _):
      // Health, version and artifacts, which we never ask for, are text.
      #expect(MLflowReply.decode(MLflowReply.Anything.self, from: exchange.response) == nil)
    }
  }

  @Test(arguments: RecordedExchange.all.filter { $0.response.status >= 300 })
  func `are told apart when they were refused`(exchange: RecordedExchange) {
    let refusal = MLflowRefusal(exchange.response, to: .anyModel, secrets: [])
    let problem = refusal.problem(registry: "r")
    let isOurs = exchange.response.contentType?.hasPrefix("application/json") == true
    let expected =
      switch exchange.response.status {
      case 401: ["unauthorized"]
      case 403: refusal.message.hasPrefix("Permission") ? ["forbidden"] : ["refused"]
      case 500, 503: ["out-of-order"]
      case 404 where !isOurs, 405: ["unintelligible"]
      case _: ["refused"]
      }
    #expect(["registry.\(expected[0])"] == [problem.code])
    #expect(!refusal.message.isEmpty && refusal.message.utf8.count <= 256 + "…".utf8.count)
    #expect(!problem.why.contains("<") && !problem.nextStep.isEmpty)
  }

  @Test(arguments: ["v3.17.2", "v2.22.5"])
  func `name a missing alias with 400 and a missing version with 404`(release: String) throws {
    let alias = try refusal("alias-get-missing", of: release)
    #expect(alias.isAliasMissing && !alias.isMissing)
    let version = try refusal("mv-get-missing", of: release)
    #expect(version.isMissing)
    let bad = try refusal("alias-set-bad", of: release)
    #expect(!bad.isAliasMissing && !bad.isCreationRace)
  }

  private func refusal(_ name: String, of release: String) throws -> MLflowRefusal {
    let exchange = try #require(RecordedExchange.named(name, of: release))
    return MLflowRefusal(exchange.response, to: .anyModel, secrets: [])
  }

  @Test func `blame the allowed hosts for a refused host`() throws {
    let exchange = try #require(RecordedExchange.named("bad-host"))
    let refusal = MLflowRefusal(exchange.response, to: .anyModel, secrets: [])
    #expect(refusal.problem(registry: "r").nextStep.contains("--allowed-hosts"))
  }

  @Test func `give NaN as text and infinity as the largest number, neither usable`() throws {
    let exchange = try #require(RecordedExchange.named("runs-get", of: "v3.17.2-nan"))
    let reply = try #require(MLflowReply.decode(MLflowReply.OneRun.self, from: exchange.response))
    var version = RegisteredVersion(number: try #require(VersionNumber(1)), digest: "")
    reply.run.describe(&version)
    #expect(version.metrics == ["c": 1])
    #expect(
      version.unusableMetrics == [
        "a": "NaN", "b": "1.7976931348623157e+308", "d": "-1.7976931348623157e+308",
      ]
    )
    #expect(version.metricsCaveat == "Its training run has not finished: RUNNING.")
  }

  @Test func `still describe a deleted run, whose metrics cannot be trusted`() throws {
    let exchange = try #require(RecordedExchange.named("runs-get-deleted", of: "v3.17.2-nan"))
    let reply = try #require(MLflowReply.decode(MLflowReply.OneRun.self, from: exchange.response))
    #expect(reply.run.caveat == "Its training run is deleted.")
  }
}
