import ReleaseCore

extension Setting {
  /// Takes a piece of YAML as it is, for the adapter that understands it.
  ///
  /// Only what looks like nothing else becomes a number: digits without a leading zero, or with
  /// a decimal point. `007`, `1e3`, `0x1F`, `yes` and `on` stay the texts that were written.
  init(_ node: YAMLNode) {
    let place = node.place.description
    switch node.content {
    case .quoted(let text): self.init(.text(text), place: place)
    case .plain(let text): self.init(node.isEmpty ? .nothing : Self.plain(text), place: place)
    case .list(let nodes): self.init(.list(nodes.map { Setting($0) }), place: place)
    case .map(let fields):
      let pairs = fields.map { ($0.key, Setting($0.value)) }
      self.init(.map(Dictionary(pairs) { first, _ in first }), place: place)
    }
  }

  private static func plain(_ text: String) -> Value {
    if text == "true" || text == "false" { return .flag(text == "true") }
    let unsigned = text.hasPrefix("-") ? text.dropFirst() : Substring(text)
    let isPadded = unsigned.hasPrefix("0") && unsigned.count > 1 && !unsigned.hasPrefix("0.")
    guard !isPadded else { return .text(text) }
    if Scalar.isDigits(unsigned), let whole = Int(text) { return .whole(whole) }
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(Scalar.isDigits), let number = Double(text) else {
      return .text(text)
    }
    return .number(number)
  }
}
