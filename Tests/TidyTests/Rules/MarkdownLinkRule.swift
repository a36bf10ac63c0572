/// A link in a .md file to a file of the project leads there.
struct MarkdownLinkRule {
  /// Whether the project has a file or folder of this path.
  let exists: (String) -> Bool

  func findings(in file: TextFile) -> [Finding] {
    guard file.path.hasSuffix(".md") else { return [] }
    var isCode = false
    return file.lines.enumerated().flatMap { index, line -> [Finding] in
      if line.drop(while: \.isWhitespace).hasPrefix("```") { isCode.toggle() }
      guard !isCode else { return [] }
      return targets(in: line).filter { !leadsSomewhere($0, from: file) }.map { target in
        Finding(
          path: file.path,
          line: index + 1,
          message: "the link to \(target) leads nowhere in this project: correct it, or remove it"
        )
      }
    }
  }

  /// The targets of `[text](target)` and of `[name]: target`, outside inline code.
  private func targets(in line: Substring) -> [Substring] {
    let prose = line.split(separator: "`", omittingEmptySubsequences: false)
      .enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
    let inline = prose[...].split(separator: "](").dropFirst().map { rest in
      rest.prefix { $0 != ")" && $0 != " " }
    }
    guard prose.hasPrefix("["), let colon = prose.firstRange(of: "]: ") else { return inline }
    return inline + [prose[colon.upperBound...].prefix { $0 != " " }]
  }

  private func leadsSomewhere(_ target: Substring, from file: TextFile) -> Bool {
    let isElsewhere = ["http://", "https://", "mailto:", "#"].contains { target.hasPrefix($0) }
    guard !isElsewhere else { return true }
    let path = target.prefix { $0 != "#" }
    var parts = path.hasPrefix("/") ? [] : file.path.split(separator: "/").dropLast()
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return false
      }
    }
    return exists(parts.joined(separator: "/"))
  }
}
