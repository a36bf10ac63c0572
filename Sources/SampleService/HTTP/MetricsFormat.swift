/// The two formats of /metrics.
enum MetricsFormat: Sendable, Equatable {
  case json
  case prometheus

  /// Chooses what an Accept header likes best; JSON when it likes both equally, or neither.
  init(accept: String?) {
    var json = 0.0
    var text = 0.0
    for range in (accept ?? "").lowercased().split(separator: ",") {
      let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      let quality = parts.dropFirst().first { $0.hasPrefix("q=") }
        .map { Double($0.dropFirst(2)) ?? 0 }
      switch parts.first {
      case "application/json", "application/*", "*/*": json = max(json, quality ?? 1)
      case "text/plain", "text/*": text = max(text, quality ?? 1)
      default: continue
      }
    }
    self = text > json ? .prometheus : .json
  }
}
