import ReleaseCore

/// A mapping checked against its keys, from which values are taken by name.
struct Fields {
  /// Where the mapping stands.
  let place: Place
  private let table: KeyTable
  private let node: YAMLNode

  /// Checks that the node is a mapping with known keys only, the required ones among them.
  init(_ node: YAMLNode, _ table: KeyTable, of owner: String) throws(Mistake) {
    guard let fields = node.fields else {
      throw node.place.refuse(
        "`\(owner)` is a mapping of \(Spelling.list(table.names)), not \(node.kindName).",
        "Write its keys below it, indented, or between braces."
      )
    }
    for field in fields where table[field.key] == nil {
      throw Self.unknown(field.key, at: field.place, known: table.names, owner: owner)
    }
    for key in table.keys where key.isRequired && (node[key.name]?.isEmpty ?? true) {
      throw node.place.refuse(
        "`\(owner)` lacks `\(key.name)`.",
        "Add `\(key.name):`. \(key.about)"
      )
    }
    self.place = node.place
    self.table = table
    self.node = node
  }

  /// The refusal of a key that nothing reads.
  static func unknown(
    _ key: String,
    at place: Place,
    known: [String],
    owner: String
  ) -> Mistake {
    let near = Spelling.nearest(to: key, among: known)
    return place.refuse(
      "`\(Spelling.excerpt(key))` is no key of `\(owner)`.",
      near.map { "Did you mean `\($0)`?" } ?? "Known are \(Spelling.list(known))."
    )
  }

  /// The value under a key, nil when there is none; an empty value is refused.
  func node(_ name: String) throws(Mistake) -> YAMLNode? {
    precondition(table[name] != nil, "\(name) is not in the table")
    guard let value = node[name] else { return nil }
    guard !value.isEmpty else {
      throw value.place.refuse("`\(name)` has no value.", "Give it one, or remove the line.")
    }
    return value
  }

  /// The places of those of the keys that are given, in the order given.
  func placesOf(_ names: [String]) -> [(key: String, place: Place)] {
    (node.fields ?? []).filter { names.contains($0.key) }.map { ($0.key, $0.place) }
  }

  /// Where the value under a key stands, or the mapping when there is none.
  func place(of name: String) -> Place { node[name]?.place ?? place }

  /// A text on one line.
  func text(_ name: String) throws(Mistake) -> String? {
    guard let value = try node(name) else { return nil }
    return try Scalar.text(value)
  }

  /// A text without blanks.
  func name(_ name: String) throws(Mistake) -> String? {
    guard let value = try node(name) else { return nil }
    return try Scalar.name(value)
  }

  /// A path below the service's URL.
  func path(_ name: String) throws(Mistake) -> String? {
    guard let value = try node(name) else { return nil }
    return try Scalar.path(value)
  }

  /// A decimal number.
  func number(_ name: String) throws(Mistake) -> Double? {
    guard let value = try node(name) else { return nil }
    return try Scalar.number(value)
  }

  /// A time; zero only where it means "not at all".
  func duration(_ name: String, isZeroAllowed: Bool = false) throws(Mistake) -> Duration? {
    guard let value = try node(name) else { return nil }
    return try Scalar.duration(value, isZeroAllowed: isZeroAllowed)
  }

  /// A whole number within the limits of the table.
  func whole(_ name: String) throws(Mistake) -> Int? {
    guard let value = try node(name) else { return nil }
    guard case .whole(let range)? = table[name]?.shape else {
      preconditionFailure("\(name) is not a whole number in the table")
    }
    return try Scalar.whole(value, in: range)
  }

  /// One of the words of the table.
  func word(_ name: String) throws(Mistake) -> String? {
    guard let value = try node(name) else { return nil }
    guard case .word(let words)? = table[name]?.shape else {
      preconditionFailure("\(name) is not one of some words in the table")
    }
    return try Scalar.word(value, of: words)
  }

  /// A mapping of the table.
  func map(_ name: String) throws(Mistake) -> Fields? {
    guard let value = try node(name) else { return nil }
    guard case .map(let table)? = table[name]?.shape else {
      preconditionFailure("\(name) is not a mapping in the table")
    }
    return try Fields(value, table, of: name)
  }
}
