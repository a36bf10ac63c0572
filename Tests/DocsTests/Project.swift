import FoundationEssentials

/// The project's files, found from where this file was compiled.
enum Project {
  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The text of a file, by its path from the project's root.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Whether there is a file or folder of this path.
  static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path())
  }

  /// The names of what is in a folder.
  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path())
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The paths of all files below a folder whose names end so, in order.
  static func files(below folder: String, ending suffix: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
      .filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }.sorted()
  }

  /// The pages that users read, by path.
  static func pages() throws -> [String] {
    let top = try names(in: "").filter { $0.hasSuffix(".md") }
    return try top + files(below: "docs", ending: ".md")
      + ["environments/staging.yaml", "environments/production.yaml"]
  }
}

extension StringProtocol {
  /// The lines, empty ones included.
  var lines: [SubSequence] { split(separator: "\n", omittingEmptySubsequences: false) }

  /// The text without blanks at either end.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }

  /// What stands between the first two of a mark.
  func between(_ mark: Character) -> String? {
    let parts = split(separator: mark, maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }

  /// What follows the first occurrence of a text.
  func after(_ text: String) -> SubSequence? {
    ranges(of: text).first.map { self[$0.upperBound...] }
  }

  /// All texts between pairs of a mark.
  func pieces(between mark: Character) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
  }
}
