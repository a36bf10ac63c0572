/// Why a text is not JSON that we accept, and where.
package struct JSONProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The byte at which reading stopped, counted from 0.
  package let offset: Int
  /// What is wrong there.
  package let text: String

  /// Place and reason.
  package var description: String { "byte \(offset): \(text)" }
}
