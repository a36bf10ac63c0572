/// Why a text cannot be read as metrics, and in which line.
package struct ExpositionProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The line, counted from 1.
  package let line: Int
  /// What is wrong with it.
  package let text: String

  /// Line and reason.
  package var description: String { "line \(line): \(text)" }
}
