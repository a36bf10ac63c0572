/// Finds the known word that a misspelt one was probably meant to be.
enum NearestSpelling {
  /// The known word with the fewest edits, if that is at most a third of the word.
  static func of(_ word: String, among known: [String]) -> String? {
    let nearest = known.map { (word: $0, edits: edits(from: word, to: $0)) }
      .min { $0.edits < $1.edits }
    guard let nearest, nearest.edits <= max(1, word.count / 3) else { return nil }
    return nearest.word
  }

  /// How many characters must be inserted, deleted or replaced (Levenshtein).
  private static func edits(from left: String, to right: String) -> Int {
    let right = Array(right)
    var above = Array(0...right.count)
    for (row, character) in left.enumerated() {
      var current = [row + 1]
      for column in right.indices {
        let replaced = above[column] + (character == right[column] ? 0 : 1)
        current.append(min(replaced, above[column + 1] + 1, current[column] + 1))
      }
      above = current
    }
    return above[right.count]
  }
}
