import ReleaseCore
import Yams

/// One YAML file, read into nodes with places; everything hostile is refused on the way.
///
/// Of YAML only what a declaration needs is taken: one document of mappings, lists and texts.
/// Aliases, anchors, tags and merge keys are refused, for they make a file say something else
/// than it shows, and grow without bound; what files share stands in `_defaults.yaml`.
struct YAMLDocument: Sendable {
  /// The text it was read from.
  let source: SourceText
  /// The file's path in the repository.
  let file: String
  /// The outermost mapping; empty for a file without content.
  let root: YAMLNode

  /// The deepest nesting; an environment needs 5.
  static let depthMax = 32
  /// The most nodes; a large environment has some 200.
  static let nodesMax = 20_000
  /// From so many words on that could be aliases, the file is not even parsed.
  ///
  /// Sixteen aliases can multiply a document by at most e^(16/e) = 360, which is harmless.
  static let aliasesMax = 16

  /// Reads a file.
  ///
  /// - Throws: The first thing in it that is no good YAML.
  init(_ bytes: [UInt8], file: String) throws(Mistake) {
    let source = try SourceText(bytes, file: file)
    try Self.countAliases(source, file: file)
    self.source = source
    self.file = file
    guard let parsed = try Self.parse(source, file: file) else {
      root = YAMLNode(content: .map([]), place: .start(of: file))
      return
    }
    var conversion = YAMLConversion(source: source, file: file)
    let root = try conversion.node(parsed, depth: 1)
    if root.isEmpty {
      self.root = YAMLNode(content: .map([]), place: root.place)
      return
    }
    guard root.fields != nil else {
      throw root.place.refuse(
        "The file is \(root.kindName), not a mapping.",
        "Begin it with `model: NAME`; `release init` writes a commented example."
      )
    }
    self.root = root
  }

  private static func parse(_ source: SourceText, file: String) throws(Mistake) -> Node? {
    do {
      // The basic resolver leaves every text a text: what it means is decided by its key.
      return try Parser(yaml: source.text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw refusal(of: error, source: source, file: file)
    } catch {
      throw Place.start(of: file).refuse("The file is no YAML: \(error)", "Correct it.")
    }
  }

  private static func refusal(of error: YamlError, source: SourceText, file: String) -> Mistake {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      return syntaxRefusal(problem, at: mark, source: source, file: file)
    case .composer(_, let problem, let mark, _):
      let place = Place(file: file, line: mark.line, column: mark.column)
      guard problem.contains("another document") else {
        return YAMLConversion.aliasRefusal(place)
      }
      return place.refuse(
        "A second document begins here.",
        "Keep one environment in one file, and remove the `---` between them."
      )
    case .duplicatedKeysInMapping(let keys, let context):
      let place = Place(file: file, line: context.mark.line, column: context.mark.column)
      return duplicateRefusal(keys.first ?? "", at: place)
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return Place.start(of: file).refuse(
        "The file is no YAML.",
        "Correct it; `release init` writes a commented example."
      )
    }
  }

  private static func syntaxRefusal(
    _ problem: String,
    at mark: Mark,
    source: SourceText,
    file: String
  ) -> Mistake {
    let place = Place(file: file, line: mark.line, column: mark.column)
    if let offset = source.byteOffset(line: mark.line, column: mark.column),
      offset < source.bytes.count, source.bytes[offset] == UInt8(ascii: "\t")
    {
      return place.refuse("A tab stands where YAML wants spaces.", "Indent with spaces.")
    }
    if problem.contains("nesting") || problem.contains("depth") {
      return YAMLConversion.depthRefusal(place)
    }
    return place.refuse(
      "The YAML cannot be read: \(problem).",
      "Check the indentation, the quotes and the space after each colon."
    )
  }

  /// The refusal of a key that stands twice in one mapping.
  static func duplicateRefusal(_ key: String, at place: Place) -> Mistake {
    place.refuse(
      "`\(Spelling.excerpt(key))` stands more than once in the same mapping.",
      "Keep one of them."
    )
  }

  /// Refuses files with many `*word`s before the parser follows any of them.
  ///
  /// Lines that are wholly comments hold no alias in any context. Elsewhere a `*word` inside
  /// quotes is counted too: that costs a file with 17 of them a detour, and never misses one.
  private static func countAliases(_ source: SourceText, file: String) throws(Mistake) {
    var count = 0
    for line in source.text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard line.first(where: { $0 != 0x20 && $0 != 0x09 }) != UInt8(ascii: "#") else { continue }
      var previous: UInt8 = 0x20
      for byte in line {
        if previous == UInt8(ascii: "*"), byte > 0x20 { count += 1 }
        previous = byte
      }
    }
    guard count > aliasesMax else { return }
    throw Place.start(of: file).refuse(
      "The file has \(count) words that begin with `*`, which YAML takes for aliases.",
      "Write the values out; what files share belongs in environments/_defaults.yaml."
    )
  }
}
