/// Answers of a test service in each metrics format.
enum MetricsBody {
  static func text(_ body: String) -> Behaviour {
    .answer(body, type: "text/plain; version=0.0.4; charset=utf-8")
  }

  static func openMetrics(_ body: String) -> Behaviour {
    .answer(body, type: "application/openmetrics-text; version=1.0.0; charset=utf-8")
  }

  static func json(_ body: String) -> Behaviour { .answer(body, type: "application/json") }
}
