/// What a program said and how it ended.
package struct Finished: Sendable, CustomStringConvertible {
  /// The program and its arguments.
  package var command: [String]
  /// Its exit status; the number of the signal that ended it, negative; nil: it was stopped
  /// because its time was over.
  package var status: Int32?
  /// What it wrote to its standard output.
  package var out: String
  /// What it wrote to its standard error.
  package var err: String

  /// Everything that there is to know when a test fails.
  package var description: String {
    """
    \(command.joined(separator: " "))
    ended with \(status.map { "\($0)" } ?? "nothing: its time was over")
    --- output
    \(out)\
    --- errors
    \(err)---
    """
  }
}
