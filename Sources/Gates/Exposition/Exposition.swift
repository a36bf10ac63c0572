/// What was asked for and found in one answer in a text format.
package struct Exposition: Sendable, Equatable {
  /// One label of a sample.
  package struct Label: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Its value, escapes undone.
    package let value: String
  }

  /// One number with its labels.
  package struct Sample: Sendable, Equatable {
    /// The sample's own name, suffix included.
    package let name: String
    /// Its labels in the order they were written.
    package let labels: [Label]
    /// Its value, which may be NaN or infinite.
    package let value: Double
    /// Its explicit time in milliseconds since 1970; nil without one.
    package let stampMilliseconds: Int64?

    /// The value of a label; nil without it.
    package func label(_ name: String) -> String? {
      labels.first { $0.name == name }?.value
    }
  }

  /// The samples whose names were asked for, in the order they were written.
  package var samples: [Sample] = []
  /// The names asked for that the answer announces by a TYPE or HELP line, with samples or without.
  package var announced: Set<String> = []
}
