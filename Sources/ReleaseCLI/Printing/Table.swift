/// Lines up columns; the last one may be as long as it likes.
struct Table {
  private var rows: [[String]] = []

  /// Starts with a heading.
  init(_ heading: [String]) { rows = [heading] }

  /// A cell longer than this is cut; the whole text stands in `explain` and in JSON.
  private static let cellLengthMax = 140

  /// Adds a row; a cell shows the first line of its text.
  mutating func add(_ row: [String]) {
    rows.append(
      row.map { cell in
        let line = cell.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
        let isWhole = line.count == cell.count && line.count <= Self.cellLengthMax
        return isWhole ? cell : "\(line.prefix(Self.cellLengthMax)) …"
      }
    )
  }

  /// The lines, two blanks between columns.
  var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        guard column < row.count - 1 else { continue }
        line += String(repeating: " ", count: widths[column] - cell.count + 2)
      }
      return line
    }
  }
}
