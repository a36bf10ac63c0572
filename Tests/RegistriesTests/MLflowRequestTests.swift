import FoundationEssentials
import HTTPWire
import ReleaseCore
import Testing

@testable import Registries

@Suite struct `Requests to MLflow` {
  private func request(
    _ call: MLflowCall,
    _ credentials: MLflowCredentials = .none,
    workspace: String? = nil
  ) throws -> Request {
    let address = "http://127.0.0.1:5000/behind/"
    return try MLflowRequests(address: address, credentials: credentials, workspace: workspace)
      .request(for: call)
  }

  @Test func `keep the path of the address`() throws {
    let url = try request(.model(ModelName("a b"))).url
    #expect(url == "http://127.0.0.1:5000/behind/api/2.0/mlflow/registered-models/get?name=a%20b")
  }

  @Test func `write a version as a string and a flag as a boolean`() throws {
    let (version, iris) = (try #require(VersionNumber(7)), ModelName("iris"))
    let call = MLflowCall.transition(version, iris, stage: "Production", archivingOthers: true)
    let body = String(decoding: try #require(try request(call).body), as: UTF8.self)
    #expect(
      body == """
        {"archive_existing_versions":true,"name":"iris","stage":"Production","version":"7"}
        """
    )
  }

  @Test func `say JSON, name the workspace and have no Origin`() throws {
    let headers = try request(.anyModel, workspace: "team-a").headers
    let names = Dictionary(headers.map { ($0.name, $0.value) }) { $1 }
    let json = "application/json"
    #expect(names == ["Accept": json, "Content-Type": json, "X-MLFLOW-WORKSPACE": "team-a"])
  }

  @Test func `carry credentials that no print shows`() throws {
    let basic = MLflowCredentials.basic(username: "ann", password: Redacted("geheim"))
    let request = try request(.anyModel, basic)
    #expect(request.headers.contains { $0.value == "Basic YW5uOmdlaGVpbQ==" })
    #expect(!"\(request.headers)".contains("YW5uOmdlaGVpbQ"))
    let bearer = try self.request(.anyModel, .bearer(Redacted("tok")))
    #expect(bearer.headers.contains { $0.value == "Bearer tok" && $0.isSensitive })
  }

  @Test func `put a name with an apostrophe in double quotes`() throws {
    let url = try request(.versions(ModelName("it's"), page: nil, size: 9)).url
    #expect(url.contains("filter=name%3D%22it%27s%22"))
  }
}
