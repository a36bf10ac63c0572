/// What a run of git brought.
package struct GitAnswer: Sendable {
  /// The exit code; nil when git was ended because its time was over.
  package let exitCode: Int32?
  /// Standard output.
  package let output: [UInt8]
  /// Standard error, cleaned of secrets.
  package let words: String

  /// Whether git says that it worked.
  package var isSuccess: Bool { exitCode == 0 }

  /// Standard output as text without the last line end.
  package var text: String {
    var text = String(decoding: output, as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }

  /// The lines of standard output.
  package var lines: [Substring] {
    String(decoding: output, as: UTF8.self).split(separator: "\n")
  }
}
