/// The JSON Schema of an environment's file, for editors, made from the keys that reading uses.
package enum EnvironmentSchema {
  /// The schema as JSON text.
  ///
  /// Nothing is required in it: any key may come from `_defaults.yaml`, which an editor does not
  /// see.
  ///
  /// - Parameter platforms: The platforms whose names are offered; their settings are theirs.
  /// - Returns: The text, with a line end.
  package static func json(platforms: [String]) -> String {
    var root = table(EnvironmentKeys.environment, platforms: platforms)
    root.insert(("$schema", .text("https://json-schema.org/draft/2020-12/schema")), at: 0)
    root.insert(("title", .text("An environment of release")), at: 1)
    return SchemaValue.object(root).text(indent: 0) + "\n"
  }

  private static func table(
    _ table: KeyTable,
    platforms: [String]
  ) -> [(String, SchemaValue)] {
    let properties = table.keys.map { key in
      var value = shape(key.shape, platforms: platforms)
      value.insert(("description", .text(key.about)), at: 0)
      return (key.name, SchemaValue.object(value))
    }
    return [
      ("type", .text("object")),
      ("additionalProperties", .flag(false)),
      ("properties", .object(properties)),
    ]
  }

  private static func shape(
    _ shape: KeyTable.Shape,
    platforms: [String]
  ) -> [(String, SchemaValue)] {
    switch shape {
    case .text: [("type", .text("string")), ("minLength", .whole(1))]
    case .name: pattern(#"^\S+$"#)
    case .version:
      [("type", .list([.text("integer"), .text("string")])), ("minimum", .whole(1))]
        + [("pattern", .text("^[1-9][0-9]*$"))]
    case .duration: pattern("^([0-9]+(ms|s|m|h|d))+$")
    case .path: pattern("^/([^/#\\s][^#\\s]*)?$")
    case .url: pattern("^https?://[^/?#@\\s]+(/[^?#\\s]*)?$")
    case .number: [("type", .text("number"))]
    case .whole(let range):
      [
        ("type", .text("integer")), ("minimum", .whole(range.lowerBound)),
        ("maximum", .whole(range.upperBound)),
      ]
    case .word(let words): [("enum", .list(words.map { .text($0) }))]
    case .texts:
      [
        ("type", .text("object")),
        ("additionalProperties", .object([("type", scalars)])),
      ]
    case .map(let inner): table(inner, platforms: platforms)
    case .list(let inner):
      [
        ("type", .text("array")), ("minItems", .whole(1)),
        ("items", .object(table(inner, platforms: platforms))),
      ]
    case .platform: platform(platforms)
    }
  }

  private static var scalars: SchemaValue {
    .list(["string", "number", "boolean"].map { .text($0) })
  }

  private static func pattern(_ pattern: String) -> [(String, SchemaValue)] {
    [("type", .text("string")), ("pattern", .text(pattern))]
  }

  private static func platform(_ platforms: [String]) -> [(String, SchemaValue)] {
    let kinds = platforms.filter { $0 != "none" }.sorted()
    let mapping: [(String, SchemaValue)] = [
      ("type", .text("object")), ("additionalProperties", .flag(false)),
      ("minProperties", .whole(1)), ("maxProperties", .whole(1)),
      ("properties", .object(kinds.map { ($0, .object([("type", .text("object"))])) })),
    ]
    return [("oneOf", .list([.object([("const", .text("none"))]), .object(mapping)]))]
  }
}
