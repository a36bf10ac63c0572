/// A file is short enough to be read in one go.
struct FileLengthRule: SwiftRule {
  static let linesMax = 400

  func findings(in source: SwiftSource) -> [Finding] {
    let hasLastNewline = source.file.text.hasSuffix("\n")
    let lines = source.file.lines.count - (hasLastNewline ? 1 : 0)
    guard lines > Self.linesMax else { return [] }
    return [
      source.finding(
        line: lines,
        "\(lines) lines are more than \(Self.linesMax): give each type its own file"
      )
    ]
  }
}
