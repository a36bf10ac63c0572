import Yams

/// Turns the parser's nodes into ours, and refuses what a declaration must not hold.
///
/// The parser has replaced each alias by what it stands for. An alias is told by the order of
/// places: a node written where it stands comes after everything before it.
struct YAMLConversion {
  private let source: SourceText
  private let file: String
  private var count = 0
  private var last = (line: 0, column: 0)
  private var cursor = SourceText.Cursor()

  /// Begins with the text that the nodes were parsed from.
  init(source: SourceText, file: String) {
    self.source = source
    self.file = file
  }

  /// Converts a node and everything in it.
  mutating func node(_ node: Node, depth: Int) throws(Mistake) -> YAMLNode {
    let place = try placeOf(node)
    guard depth <= YAMLDocument.depthMax else { throw Self.depthRefusal(place) }
    count += 1
    guard count <= YAMLDocument.nodesMax else {
      throw place.refuse(
        "The file has more than \(YAMLDocument.nodesMax) values.",
        "Split it: one file declares one environment."
      )
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain
      let content: YAMLNode.Content = isPlain ? .plain(scalar.string) : .quoted(scalar.string)
      return YAMLNode(content: content, place: place)
    case .sequence(let sequence):
      var list: [YAMLNode] = []
      for element in sequence { list.append(try self.node(element, depth: depth + 1)) }
      return YAMLNode(content: .list(list), place: place)
    case .mapping(let mapping):
      return YAMLNode(content: .map(try fields(mapping, depth: depth)), place: place)
    case .alias:
      throw Self.aliasRefusal(place)
    }
  }

  private mutating func fields(
    _ mapping: Node.Mapping,
    depth: Int
  ) throws(Mistake) -> [YAMLNode.Field] {
    var fields: [YAMLNode.Field] = []
    var seen: Set<String> = []
    for (key, value) in mapping {
      let keyNode = try node(key, depth: depth + 1)
      guard let name = keyNode.text else {
        throw keyNode.place.refuse(
          "A key is \(keyNode.kindName), not a word.",
          "Write `key: value`; put quotes around a text that begins with { or [."
        )
      }
      guard name != "<<" else {
        throw keyNode.place.refuse(
          "Merge keys (`<<`) are not taken.",
          "Put what files share in environments/_defaults.yaml; it is merged under every file."
        )
      }
      guard seen.insert(name).inserted else {
        throw YAMLDocument.duplicateRefusal(name, at: keyNode.place)
      }
      let field = YAMLNode.Field(
        key: name,
        place: keyNode.place,
        value: try node(value, depth: depth + 1)
      )
      fields.append(field)
    }
    return fields
  }

  private mutating func placeOf(_ node: Node) throws(Mistake) -> Place {
    guard let mark = node.mark else { return .start(of: file) }
    let place = Place(file: file, line: mark.line, column: mark.column)
    guard (mark.line, mark.column) >= last else { throw Self.aliasRefusal(place) }
    last = (mark.line, mark.column)
    let found = source.byteOffset(line: mark.line, column: mark.column, after: &cursor)
    guard let offset = found, offset < source.bytes.count else { return place }
    switch source.bytes[offset] {
    case UInt8(ascii: "&"): throw Self.aliasRefusal(place)
    case UInt8(ascii: "!"):
      throw place.refuse(
        "YAML tags (`!…`) are not taken.",
        "Remove the tag, or put the text in quotes if it begins with an exclamation mark."
      )
    case _: return place
    }
  }

  /// The refusal of an anchor or an alias.
  static func aliasRefusal(_ place: Place) -> Mistake {
    place.refuse(
      "YAML anchors and aliases (`&name`, `*name`) are not taken.",
      "Write the value out; what files share belongs in environments/_defaults.yaml."
    )
  }

  /// The refusal of nesting without end.
  static func depthRefusal(_ place: Place) -> Mistake {
    place.refuse(
      "Values are nested more than \(YAMLDocument.depthMax) deep.",
      "Flatten it; a declaration needs 5 levels."
    )
  }
}
