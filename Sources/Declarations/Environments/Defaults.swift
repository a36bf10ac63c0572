/// Merges what `_defaults.yaml` says under what a file says.
enum Defaults {
  /// Keys of which one kind excludes the other, by the mapping they stand in.
  private static let rivals: [String: [[String]]] = [
    "": [["service", "platform"], ["targets"]],
    "gates/accuracy": [EnvironmentKeys.countedOnly, EnvironmentKeys.gaugeOnly],
  ]

  /// Mappings that are a choice of one key: another choice replaces the whole.
  private static let choices = ["slot", "platform"]

  /// The file's own mapping with the inherited values it does not give itself.
  ///
  /// Mappings are merged key by key, everything else is replaced whole. Where the file chooses
  /// one of two forms (`service` or `targets`, `stage` or `alias`, counters or a bare number),
  /// the other form is not inherited.
  static func merge(_ own: YAMLNode, over inherited: YAMLNode, path: String = "") -> YAMLNode {
    guard let ownFields = own.fields, let inheritedFields = inherited.fields else { return own }
    let keys = ownFields.map(\.key)
    if choices.contains(path), let chosen = keys.first, inherited[chosen] == nil { return own }
    let excluded = excludedKeys(by: keys, path: path)
    var merged = ownFields.map { field in
      guard let below = inherited[field.key] else { return field }
      var field = field
      let deeper = path.isEmpty ? field.key : "\(path)/\(field.key)"
      field.value = merge(field.value, over: below, path: deeper)
      return field
    }
    merged += inheritedFields.filter { !keys.contains($0.key) && !excluded.contains($0.key) }
    return YAMLNode(content: .map(merged), place: own.place)
  }

  private static func excludedKeys(by keys: [String], path: String) -> [String] {
    let forms = rivals[path] ?? []
    guard let chosen = forms.first(where: { form in form.contains { keys.contains($0) } }) else {
      return []
    }
    return forms.filter { $0 != chosen }.flatMap { $0 }
  }
}
