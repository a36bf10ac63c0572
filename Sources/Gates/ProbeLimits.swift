package import HTTPWire

/// What one look at a service may cost, and how old its answer may be.
package struct ProbeLimits: Sendable, Equatable {
  /// Time, bytes and compression of one answer.
  package var wire: Limits
  /// Lines, labels and series of one answer in a text format.
  package var exposition: ExpositionLimits
  /// How long ago an answer or a counter's time stamp may say it was made.
  package var ageMax: Duration

  /// Makes limits; a service that needs longer than ten seconds, to start for instance, is asked
  /// again by whoever asks.
  package init(
    wire: Limits = Limits(total: .seconds(10)),
    exposition: ExpositionLimits = ExpositionLimits(),
    ageMax: Duration = .seconds(60)
  ) {
    self.wire = wire
    self.exposition = exposition
    self.ageMax = ageMax
  }
}
