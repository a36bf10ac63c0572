import Hummingbird
import HummingbirdTesting
import Testing

@testable import SampleService

@Suite struct `The routes` {
  @Test func `health names the model and the version`() async throws {
    try await RunningService.with { service in
      let response = try await service.get("/health")
      #expect(response.status == .ok)
      #expect(
        response.text == """
          {"model_loaded":true,"model_name":"iris","model_version":"2","status":"healthy"}
          """
      )
    }
  }

  @Test func `predict answers with a class for each row, in order`() async throws {
    try await RunningService.with { service in
      let response = try await service.post(
        "/predict",
        #"{"features":[[5.1,3.5,1.4,0.2],[6.7,3.0,5.2,2.3]]}"#
      )
      #expect(response.status == .ok)
      #expect(
        response.text == """
          {"classes":["setosa","versicolor","virginica"],"model_version":"2","predictions":[0,2]}
          """
      )
    }
  }

  @Test func `predict without a model answers class 0 to rows of any width`() async throws {
    try await RunningService.with(model: false) { service in
      let response = try await service.post("/predict", #"{"features":[[1],[1,2]]}"#)
      #expect(response.text == #"{"model_version":"2","predictions":[0,0]}"#)
    }
  }

  @Test func `feedback counts what was labelled and what was right`() async throws {
    try await RunningService.with { service in
      let response = try await service.post(
        "/feedback",
        #"{"model_version":"2","predictions":[0,1,2],"labels":[0,1,1]}"#
      )
      #expect(response.text == #"{"correct":2,"labelled":3,"model_version":"2"}"#)
    }
  }

  @Test func `feedback on another version is counted under that version`() async throws {
    try await RunningService.with { service in
      _ = try await service.post(
        "/feedback",
        #"{"model_version":"1","predictions":[0,1],"labels":[0,0]}"#
      )
      let json = try await service.get("/metrics").text
      #expect(json.contains(#""model_labelled_total":0"#))
      let text = try await service.get("/metrics", accept: "text/plain").text
      #expect(text.contains("model_labelled_total{model_version=\"1\"} 2\n"))
      #expect(text.contains("model_labelled_total{model_version=\"2\"} 0\n"))
    }
  }
}
