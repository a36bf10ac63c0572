import Hummingbird
import HummingbirdTesting
import Testing

@testable import SampleService

@Suite struct `The metrics` {
  @Test func `are JSON by default, without an accuracy while nothing is labelled`() async throws {
    try await RunningService.with { service in
      let response = try await service.get("/metrics")
      #expect(response.headers[.contentType] == "application/json; charset=utf-8")
      #expect(
        response.text == """
          {"model_correct_total":0,"model_labelled_total":0,"model_predictions_total":0,\
          "model_version":"2","process_start_time_seconds":1700000000.25}
          """
      )
    }
  }

  @Test func `count predictions and labels of the served version`() async throws {
    try await RunningService.with { service in
      _ = try await service.post("/predict", #"{"features":[[5.1,3.5,1.4,0.2],[6.7,3,5.2,2.3]]}"#)
      _ = try await service.post(
        "/feedback",
        #"{"model_version":"2","predictions":[0,1,2,2],"labels":[0,1,2,1]}"#
      )
      #expect(
        try await service.get("/metrics").text == """
          {"model_accuracy":0.75,"model_correct_total":3,"model_labelled_total":4,\
          "model_predictions_total":2,"model_version":"2",\
          "process_start_time_seconds":1700000000.25}
          """
      )
    }
  }

  @Test func `are Prometheus text for a client that prefers it`() async throws {
    try await RunningService.with { service in
      _ = try await service.post(
        "/feedback",
        #"{"model_version":"2","predictions":[0],"labels":[0]}"#
      )
      let response = try await service.get("/metrics", accept: "text/plain;version=0.0.4")
      #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(
        response.text == """
          # HELP model_predictions_total Rows predicted.
          # TYPE model_predictions_total counter
          model_predictions_total{model_version="2"} 0
          # HELP model_labelled_total Predicted rows whose label has come in.
          # TYPE model_labelled_total counter
          model_labelled_total{model_version="2"} 1
          # HELP model_correct_total Labelled rows that were predicted right.
          # TYPE model_correct_total counter
          model_correct_total{model_version="2"} 1
          # HELP http_requests_total HTTP requests received.
          # TYPE http_requests_total counter
          http_requests_total 2
          # HELP process_start_time_seconds Start of the process, since 1970.
          # TYPE process_start_time_seconds gauge
          process_start_time_seconds 1700000000.25

          """
      )
    }
  }

  @Test(arguments: [
    (nil, MetricsFormat.json),
    ("", .json),
    ("*/*", .json),
    ("text/html", .json),
    ("application/json, text/plain", .json),
    ("text/plain; version=0.0.4", .prometheus),
    ("Text/Plain", .prometheus),
    ("text/*", .prometheus),
    ("application/json;q=0.5, text/plain;q=0.9", .prometheus),
    ("application/openmetrics-text;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.1", .prometheus),
    ("text/plain;q=0.3, */*;q=0.8", .json),
    ("text/plain;q=nonsense", .json),
  ])
  func `come in the format that Accept likes best`(accept: String?, expected: MetricsFormat) {
    #expect(MetricsFormat(accept: accept) == expected)
  }

  @Test func `quote what would break a label`() {
    #expect(PrometheusMetrics.escaped("a\"b\\c\r\nd") == "a\\\"b\\\\c\r\\nd")
  }

  @Test func `count a request that failed too`() async throws {
    try await RunningService.with { service in
      _ = try await service.get("/nowhere")
      let text = try await service.get("/metrics", accept: "text/plain").text
      #expect(text.contains("\nhttp_requests_total 2\n"))
    }
  }

  @Test func `take no new version beyond the limit, and go on with the known ones`() {
    let counters = Counters(servedVersion: "served")
    for version in 1..<Counters.versionCountMax {
      #expect(counters.countLabels(1, correct: 1, for: "\(version)"))
    }
    #expect(!counters.countLabels(1, correct: 1, for: "one too many"))
    #expect(counters.countLabels(1, correct: 1, for: "served"))
    #expect(counters.read().versions.count == Counters.versionCountMax)
  }
}
