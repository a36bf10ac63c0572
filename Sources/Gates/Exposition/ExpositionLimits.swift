/// What one answer in a text format may hold; nothing is unlimited.
package struct ExpositionLimits: Sendable, Equatable {
  /// Longest line, its line feed not counted.
  package var lineBytes: Int
  /// Most labels of one sample or exemplar.
  package var labels: Int
  /// Most series of the metrics that were asked for.
  package var series: Int

  /// Makes limits; the defaults lie far above what metrics libraries write.
  package init(lineBytes: Int = 64 * 1024, labels: Int = 64, series: Int = 10_000) {
    self.lineBytes = lineBytes
    self.labels = labels
    self.series = series
  }
}
