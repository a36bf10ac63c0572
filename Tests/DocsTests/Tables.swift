/// The tables of a Markdown page, cell by cell.
struct Tables {
  /// The rows without headings, each as its trimmed cells.
  let rows: [[String]]

  /// Reads all tables of a text.
  init(_ text: some StringProtocol) {
    var rows: [[String]] = []
    var isBelowHeading = false
    for line in text.lines {
      guard line.hasPrefix("|") else {
        isBelowHeading = false
        continue
      }
      let cells = line.trimmed.split(separator: "|", omittingEmptySubsequences: false)
        .dropFirst().dropLast().map(\.trimmed)
      if cells.allSatisfy({ !$0.isEmpty && $0.allSatisfy { "-:".contains($0) } }) {
        isBelowHeading = true
      } else if isBelowHeading {
        rows.append(cells)
      }
    }
    self.rows = rows
  }

  /// What is named by the first cell of each row, where that is code.
  var names: [String] {
    rows.compactMap(\.first).filter { $0.hasPrefix("`") }.compactMap { $0.between("`") }
  }
}

extension StringProtocol {
  /// The part of a Markdown page under a heading, up to the next one of its level or above.
  func section(_ heading: String) -> String? {
    guard let start = lines.firstIndex(where: { $0.trimmed == heading }) else { return nil }
    let level = heading.prefix { $0 == "#" }.count
    let rest = lines[(start + 1)...].prefix { line in
      let hashes = line.prefix { $0 == "#" }.count
      return hashes == 0 || hashes > level
    }
    return rest.joined(separator: "\n")
  }
}
