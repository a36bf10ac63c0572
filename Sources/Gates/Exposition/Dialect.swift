/// The two text formats, where they differ inside a line.
enum Dialect {
  /// Prometheus text 0.0.4: blanks between tokens, a comma after the last label, known escapes only.
  case prometheus
  /// OpenMetrics 1.0: no blank but the one that separates, unknown escapes stand for themselves.
  case openMetrics
}
