/// Finds what was probably meant, and shows foreign text safely.
package enum Spelling {
  /// The known word nearest to the given one, if any is near enough to be meant.
  ///
  /// Case and the marks between words are ignored first: `onFailure` and `on_failure` mean
  /// `on-failure`. Otherwise a third of the letters may be wrong, and at least one.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let folded = fold(word)
    if let same = known.first(where: { fold($0) == folded }) { return same }
    guard folded.count <= 64 else { return nil }
    let ranked = known.map { (word: $0, distance: distance(folded, fold($0))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, folded.count / 3) ? best.word : nil
  }

  /// Words as a person lists them: `a`, `b` and `c`.
  static func list(_ words: [String]) -> String {
    let marked = words.map { "`\($0)`" }
    guard let last = marked.last, marked.count > 1 else { return marked.first ?? "none" }
    return marked.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A foreign text, short and without control characters, fit for a message.
  package static func excerpt(_ text: String, limit: Int = 60) -> String {
    let shown = text.unicodeScalars.prefix(limit).map { scalar in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        ? "\u{FFFD}" : Character(scalar)
    }
    return String(shown) + (text.unicodeScalars.count > limit ? "…" : "")
  }

  private static func fold(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }.map { $0 }
  }

  /// Edits between two words, an exchange of neighbours counting as one (Damerau, Levenshtein).
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var before: [Int] = []
    var above = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        var least = min(
          above[column] + 1,
          current[column - 1] + 1,
          above[column - 1] + (isSame ? 0 : 1)
        )
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          least = min(least, before[column - 2] + 1)
        }
        current.append(least)
      }
      before = above
      above = current
    }
    return above[right.count]
  }
}
