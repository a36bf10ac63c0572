import Hummingbird
import HummingbirdTesting
import Testing

@testable import SampleService

@Suite struct `A malformed request` {
  @Test(arguments: [
    ("/predict", "", HTTPResponse.Status.badRequest),
    ("/predict", "not JSON", .badRequest),
    ("/predict", "[]", .badRequest),
    ("/predict", "{}", .badRequest),
    ("/predict", #"{"features":[1,2,3,4]}"#, .badRequest),
    ("/predict", #"{"features":[["a",2,3,4]]}"#, .badRequest),
    ("/predict", #"{"features":[[null,2,3,4]]}"#, .badRequest),
    ("/predict", #"{"features":[[NaN,2,3,4]]}"#, .badRequest),
    ("/predict", #"{"features":[[1e999,2,3,4]]}"#, .badRequest),
    ("/predict", #"{"features":[]}"#, .unprocessableContent),
    ("/predict", #"{"features":[[]]}"#, .unprocessableContent),
    ("/predict", #"{"features":[[1,2,3,4],[1,2,3]]}"#, .unprocessableContent),
    ("/feedback", "{}", .badRequest),
    ("/feedback", #"{"model_version":2,"predictions":[0],"labels":[0]}"#, .badRequest),
    ("/feedback", #"{"model_version":"2","predictions":[0.5],"labels":[0]}"#, .badRequest),
    ("/feedback", #"{"model_version":"","predictions":[0],"labels":[0]}"#, .unprocessableContent),
    ("/feedback", #"{"model_version":"2","predictions":[],"labels":[]}"#, .unprocessableContent),
    (
      "/feedback", #"{"model_version":"2","predictions":[0,1],"labels":[0]}"#, .unprocessableContent
    ),
  ])
  func `is refused with a reason, and counts for nothing`(
    path: String,
    body: String,
    expected: HTTPResponse.Status
  ) async throws {
    try await RunningService.with { service in
      let before = try await service.get("/metrics").text
      let response = try await service.post(path, body)
      #expect(response.status == expected)
      #expect(response.text.hasPrefix(#"{"error":""#))
      #expect(response.headers[.contentType] == "application/json; charset=utf-8")
      #expect(try await service.get("/metrics").text == before)
    }
  }

  @Test func `names the row that is wrong`() async throws {
    try await RunningService.with { service in
      let response = try await service.post("/predict", #"{"features":[[1,2,3,4],[1,2]]}"#)
      #expect(response.text == #"{"error":"Row 1 has 2 features; this model takes 4."}"#)
    }
  }

  @Test func `of more than 1 MiB is refused as too large`() async throws {
    try await RunningService.with { service in
      let body = String(repeating: " ", count: 1 << 20) + "{}"
      let response = try await service.post("/predict", body)
      #expect(response.status == .contentTooLarge)
      #expect(response.text == #"{"error":"The body is larger than 1048576 bytes."}"#)
    }
  }

  @Test func `to a route that does not exist names the route`() async throws {
    try await RunningService.with { service in
      let response = try await service.get("/models/7")
      #expect(response.status == .notFound)
      #expect(response.text == #"{"error":"There is no GET /models/7 here."}"#)
    }
  }
}
