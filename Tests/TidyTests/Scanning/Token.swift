/// A word or a single sign of Swift source; comments and the text of strings are not tokens.
struct Token: Equatable {
  /// The token itself; a raw identifier with its backticks, a string literal as `""`.
  var text: String
  var line: Int
  /// Whether it follows the token before it with nothing in between, as `!` does in `try!`.
  var isTight: Bool

  var isWord: Bool {
    text.unicodeScalars.first.map { Lexer.isWordScalar($0) } ?? false
  }
}
