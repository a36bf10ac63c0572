/// A point in time, in milliseconds since 1970-01-01T00:00:00Z; there is no clock in it.
package struct Moment: Hashable, Sendable, Comparable {
  /// Milliseconds since 1970, UTC.
  package let milliseconds: Int64

  /// Makes a moment from milliseconds since 1970, UTC.
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Orders moments by time.
  package static func < (left: Self, right: Self) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment that is this much later.
  package static func + (moment: Self, duration: Duration) -> Self {
    Self(milliseconds: moment.milliseconds + duration.milliseconds)
  }

  /// How much later the left moment is; negative when it is earlier.
  package static func - (later: Self, earlier: Self) -> Duration {
    .milliseconds(later.milliseconds - earlier.milliseconds)
  }
}

extension Moment: Codable {
  /// Reads the bare number of milliseconds.
  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  /// Writes the bare number of milliseconds.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

extension Duration {
  /// The whole milliseconds in the duration, rounded towards zero.
  package var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }

  /// The duration in seconds, as a fraction.
  package var seconds: Double { Double(milliseconds) / 1000 }
}
