import ReleaseCore

/// Which model names the embedded registry takes: those that MLflow takes and that are safe as the
/// name of a folder.
enum ModelNameRule {
  /// Why the name is refused; nil when it can be used.
  static func refusal(of model: ModelName) -> String? {
    let name = model.rawValue
    if name.isEmpty || name.utf8.count > 255 { return "A model's name has 1 to 255 bytes." }
    if name == "." || name == ".." { return "A model cannot be called \"\(name)\"." }
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar != "/" && scalar != ":" && scalar != "\\" && scalar.value >= 0x20
        && scalar.value != 0x7F
    }
    return isPlain ? nil : "A model's name cannot contain / : \\ or control characters."
  }
}
