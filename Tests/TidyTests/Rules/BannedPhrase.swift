/// Words that may not stand in the code of some files, and what stands there instead.
struct BannedPhrase: Sendable {
  let text: String
  let instead: String
  let isBanned: @Sendable (TextFile) -> Bool

  private let tokens: [Token]

  /// A phrase as it is written; where it has a space, code may have any.
  init(
    _ text: String,
    instead: String,
    where isBanned: @escaping @Sendable (TextFile) -> Bool
  ) {
    self.text = text
    self.instead = instead
    self.isBanned = isBanned
    tokens = Lexer(text).tokens
  }

  func stands(at index: Int, in found: [Token]) -> Bool {
    guard index + tokens.count <= found.count else { return false }
    return zip(tokens, found[index...]).allSatisfy { own, other in
      own.text == other.text && (other.isTight || !own.isTight)
    }
  }
}
