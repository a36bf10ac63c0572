import ReleaseCore

/// What names may look like; they end up in paths, tags, log lines and commit messages.
enum NameRule {
  /// Letters, digits, dots, hyphens and underscores, beginning with a letter or a digit.
  static func isPathComponent(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 128 else {
      return false
    }
    return text.utf8.allSatisfy { isAlphanumeric($0) || [0x2D, 0x2E, 0x5F].contains($0) }
  }

  /// Whether every part of an environment's name is fit for one.
  static func isEnvironmentName(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return text.utf8.count <= 512 && parts.allSatisfy(isPathComponent)
  }

  /// A model's name as MLflow takes it.
  static func model(_ node: YAMLNode) throws(Mistake) -> ModelName {
    let text = try Scalar.text(node)
    guard !text.contains("/"), !text.contains(":"), text.utf8.count <= 256 else {
      throw node.place.refuse(
        "\"\(Spelling.excerpt(text))\" is no name of a registered model.",
        "MLflow takes up to 256 characters, none of them `/` or `:`."
      )
    }
    return ModelName(text)
  }

  /// An alias as MLflow takes it: `latest` and `v7` mean something else there.
  static func alias(_ node: YAMLNode) throws(Mistake) -> String {
    let text = try Scalar.name(node)
    let isPlain = text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F }
    guard isPlain, text.utf8.count <= 255 else {
      throw node.place.refuse(
        "\"\(Spelling.excerpt(text))\" is no alias that MLflow takes.",
        "Use letters, digits, hyphens and underscores."
      )
    }
    let folded = text.lowercased()
    guard folded != "latest", !(folded.hasPrefix("v") && Scalar.isDigits(folded.dropFirst())) else {
      throw node.place.refuse(
        "The alias `\(text)` is reserved: MLflow reads `latest` and `v7` as versions.",
        "Use a word such as `champion`."
      )
    }
    return text
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
