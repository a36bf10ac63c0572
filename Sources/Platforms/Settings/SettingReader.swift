package import ReleaseCore

/// Reads a platform's settings by name and type, and refuses what it does not know.
///
/// Every refusal carries the place in the file, so a person need not search for it.
package struct SettingReader: Sendable {
  private let kind: String
  private let settings: [String: Setting]
  private let place: String

  /// Refuses every key that is not among `known`, naming the nearest that is.
  package init(_ choice: PlatformChoice, known: [String]) throws(DeclarationProblem) {
    kind = choice.kind
    settings = choice.settings
    place = choice.place
    for (key, setting) in choice.settings.sorted(by: { $0.key < $1.key })
    where !known.contains(key) {
      throw .invalid(
        place: setting.place.isEmpty ? choice.place : setting.place,
        why: "platform \(choice.kind) has no setting \"\(key)\".",
        nextStep: Self.remedy(for: key, known: known)
      )
    }
  }

  /// A text, or nil when the key is not there.
  package func text(_ key: String) throws(DeclarationProblem) -> String? {
    guard let setting = settings[key] else { return nil }
    return try text(setting, key)
  }

  /// A text that must be there.
  package func requiredText(_ key: String, example: String) throws(DeclarationProblem) -> String {
    guard let text = try text(key) else { throw missing(key, example: example) }
    return text
  }

  /// A positive duration, or the default when the key is not there.
  package func duration(
    _ key: String,
    default fallback: Duration
  ) throws(DeclarationProblem) -> Duration {
    guard let setting = settings[key] else { return fallback }
    guard case .text(let text) = setting.value, let duration = Duration(text: text),
      duration > .zero
    else {
      throw invalid(
        setting,
        "\(key) is not a duration above zero.",
        "Write a number with its unit, for example 30s, 5m or 1h."
      )
    }
    return duration
  }

  /// A flag, or the default when the key is not there.
  package func flag(_ key: String, default fallback: Bool) throws(DeclarationProblem) -> Bool {
    guard let setting = settings[key] else { return fallback }
    guard case .flag(let flag) = setting.value else {
      throw invalid(setting, "\(key) is neither true nor false.", "Write \(key): true or false.")
    }
    return flag
  }

  /// The words of a command, which must be there: the program and its arguments, never a shell line.
  package func command(_ key: String) throws(DeclarationProblem) -> [String] {
    let example = "\(key): [docker, compose, up, -d]"
    guard let setting = settings[key] else { throw missing(key, example: "[docker, compose, up]") }
    guard case .list(let items) = setting.value, !items.isEmpty else {
      throw invalid(
        setting,
        "\(key) is not a list of words; no shell reads it.",
        "Write the program and its arguments as a list: \(example)."
      )
    }
    var words: [String] = []
    for item in items { words.append(try word(item, key)) }
    guard words.first?.isEmpty == false else {
      throw invalid(setting, "\(key) names no program.", "Write it as \(example).")
    }
    return words
  }

  /// Variables by name; none when the key is not there.
  package func variables(_ key: String) throws(DeclarationProblem) -> [String: String] {
    guard let setting = settings[key] else { return [:] }
    guard case .map(let entries) = setting.value else {
      throw invalid(
        setting,
        "\(key) is not a mapping of names to values.",
        "Write it as \(key): {NAME: value}."
      )
    }
    var variables: [String: String] = [:]
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      try checkVariable(name, at: entry)
      variables[name] = try word(entry, name)
    }
    return variables
  }

  /// The name of a variable, or nil when the key is not there.
  package func variableName(_ key: String) throws(DeclarationProblem) -> String? {
    guard let setting = settings[key] else { return nil }
    let name = try text(setting, key)
    try checkVariable(name, at: setting)
    return name
  }

  /// An `http` or `https` URL without credentials, or nil when the key is not there.
  package func url(_ key: String) throws(DeclarationProblem) -> String? {
    guard let setting = settings[key] else { return nil }
    let url = try text(setting, key)
    let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    let authority = parts.last?.prefix { !"/?#".contains($0) } ?? ""
    guard parts.count == 2, ["http", "https"].contains(parts[0].lowercased()), !authority.isEmpty
    else {
      throw invalid(setting, "\(key) is not an http or https URL.", "Write \(key): https://…")
    }
    guard !authority.contains("@") else {
      throw invalid(
        setting,
        "\(key) contains credentials, which never belong in these files.",
        "Take them out of the URL; `secret-variable` names a variable that holds a secret."
      )
    }
    return url
  }

  /// A URL that must be there.
  package func requiredURL(_ key: String) throws(DeclarationProblem) -> String {
    guard let url = try url(key) else { throw missing(key, example: "https://…") }
    return url
  }

  /// Where a key stands, or the platform itself when the key is not there.
  package func place(of key: String) -> String {
    settings[key].map { place($0) } ?? place
  }

  private func place(_ setting: Setting) -> String {
    setting.place.isEmpty ? place : setting.place
  }

  private func checkVariable(
    _ name: String,
    at setting: Setting
  ) throws(DeclarationProblem) {
    let isName = name.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_")
        || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
    guard isName, let first = name.utf8.first, first > UInt8(ascii: "9") else {
      throw invalid(
        setting,
        "\"\(name)\" is not the name of a variable.",
        "Use letters, digits and underscores, no digit first."
      )
    }
  }

  private func text(_ setting: Setting, _ key: String) throws(DeclarationProblem) -> String {
    guard case .text(let text) = setting.value, !text.isEmpty, !text.utf8.contains(0) else {
      throw invalid(setting, "\(key) is not a text.", "Write a text, in quotes if need be.")
    }
    return text
  }

  /// A word of a command or a variable's value; `8000` is taken as it is written.
  private func word(_ setting: Setting, _ key: String) throws(DeclarationProblem) -> String {
    switch setting.value {
    case .text(let text) where !text.utf8.contains(0): return text
    case .whole(let number): return String(number)
    case .text, .number, .flag, .list, .map, .nothing:
      throw invalid(
        setting,
        "\(key) has a value that is not a plain text.",
        "Put it in quotes: YAML would change its spelling otherwise."
      )
    }
  }

  private func missing(_ key: String, example: String) -> DeclarationProblem {
    .invalid(
      place: place,
      why: "platform \(kind) needs \"\(key)\".",
      nextStep: "Add \(key): \(example)."
    )
  }

  private func invalid(
    _ setting: Setting,
    _ why: String,
    _ nextStep: String
  ) -> DeclarationProblem {
    .invalid(place: place(setting), why: why, nextStep: nextStep)
  }

  private static func remedy(for key: String, known: [String]) -> String {
    if let nearest = NearestSpelling.of(key, among: known) { return "Did you mean \(nearest)?" }
    guard !known.isEmpty else { return "Remove it: there is nothing to set." }
    return "It has \(known.joined(separator: ", "))."
  }
}
