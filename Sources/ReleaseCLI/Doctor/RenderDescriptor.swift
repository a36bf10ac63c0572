import ReleaseCore
import Yams

/// Looks at render.yaml, which Render applies again at each sync.
struct RenderDescriptor: Sendable {
  let expectation: DescriptorExpectation

  private static let file = "render.yaml"
  /// What names a service as one of a model.
  private static let modelVariables: Set = [
    "MODEL_NAME", "MODEL_VERSION", "MODEL_STAGE", "MODEL_ALIAS",
  ]
  /// Aliases multiply what is read; a Blueprint of this kind has none.
  private static let aliasesMax = 16

  /// What was found.
  func diagnoses(_ text: String) -> [Diagnosis] {
    guard !text.hasManyAliases(Self.aliasesMax), let root = try? Yams.compose(yaml: text) else {
      return [.warning("\(Self.file) cannot be read", next: "Correct its YAML.")]
    }
    let services = root["services"]?.array() ?? []
    var lines = services.flatMap(diagnoses(of:))
    for group in root["envVarGroups"]?.array() ?? [] {
      lines += fights(variables(of: group), in: "group \(group["name"]?.string ?? "?")")
    }
    return lines
  }

  private func diagnoses(of service: Node) -> [Diagnosis] {
    let variables = variables(of: service)
    let known = Self.modelVariables.union(expectation.variables)
    guard variables.contains(where: { known.contains($0.key) }) else { return [] }
    let name = service["name"]?.string ?? "?"
    let subject = "\(Self.file): \(name)"
    var lines = fights(variables, in: name) + strangers(variables, in: name)
    if service["type"]?.string == "web" {
      lines += expectation.health(service["healthCheckPath"]?.string, of: subject)
    }
    for command in ["startCommand", "dockerCommand"] {
      lines += expectation.start(service[command]?.string, of: subject)
    }
    return lines.isEmpty ? [.fine("\(subject) agrees with the environments")] : lines
  }

  /// Values that each sync sets again, so that it undoes the last release.
  private func fights(_ variables: [Variable], in owner: String) -> [Diagnosis] {
    variables.filter { expectation.variables.contains($0.key) && $0.hasValue }.map { variable in
      .warning(
        "\(Self.file): \(owner) gives \(variable.key) a value, so the next sync undoes a release",
        next: "Write `sync: false` in its place, or take the line out."
      )
    }
  }

  /// A version under another name than the one that is set.
  private func strangers(_ variables: [Variable], in owner: String) -> [Diagnosis] {
    let usual = "MODEL_VERSION"
    guard !expectation.variables.isEmpty, !expectation.variables.contains(usual),
      variables.contains(where: { $0.key == usual })
    else { return [] }
    let set = expectation.variables.joined(separator: ", ")
    return [
      .warning(
        "\(Self.file): \(owner) names \(usual), and the environments set \(set)",
        next: "Use one name in both."
      )
    ]
  }

  /// A variable of a service or a group.
  private struct Variable {
    let key: String
    let hasValue: Bool
  }

  private func variables(of owner: Node) -> [Variable] {
    (owner["envVars"]?.array() ?? []).compactMap { node in
      guard let key = node["key"]?.string else { return nil }
      return Variable(key: key, hasValue: node["value"] != nil || node["generateValue"] != nil)
    }
  }
}

extension String {
  /// Whether more words than so many could be YAML's aliases.
  fileprivate func hasManyAliases(_ limit: Int) -> Bool {
    var count = 0
    var previous: Character = " "
    for character in self {
      if previous == "*", character.isLetter || character.isNumber { count += 1 }
      previous = character
    }
    return count > limit
  }
}
