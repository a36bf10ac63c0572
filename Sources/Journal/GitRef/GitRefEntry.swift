import FoundationEssentials

/// A record as a file in a commit: a head of four lines, an empty line, the payload.
///
/// The payload's bytes are kept as they are, so `git show` prints an entry and the digest covers
/// what is printed.
extension Record {
  private static let separator = Array("\n\n".utf8)

  /// The bytes of the file.
  var file: [UInt8] {
    let head = """
      form \(schemaVersion)
      environment \(GitRefName.encode(environment))
      position \(position)
      digest \(digest.hexadecimal)
      """
    return Array(head.utf8) + Self.separator + payload
  }

  /// Reads a file; nil when its head is not as `file` writes it.
  init?(file: [UInt8]) {
    guard let end = file.firstRange(of: Self.separator) else { return nil }
    let lines = String(decoding: file[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
    let names = ["form ", "environment ", "position ", "digest "]
    guard lines.count == names.count, zip(lines, names).allSatisfy({ $0.hasPrefix($1) }) else {
      return nil
    }
    let values = zip(lines, names).map { $0.dropFirst($1.count) }
    guard let form = Int(values[0]), let environment = GitRefName.decode(values[1]),
      let position = Int(values[2]), let digest = ChainDigest(hexadecimal: values[3])
    else { return nil }
    self.init(
      environment: environment,
      position: position,
      schemaVersion: form,
      payload: Data(file[end.upperBound...]),
      digest: digest
    )
  }
}

extension ChainDigest {
  /// Reads 64 hexadecimal digits; nil for anything else.
  init?(hexadecimal text: some StringProtocol) {
    guard text.utf8.count == 2 * Self.byteCount, text.allSatisfy(\.isHexDigit) else { return nil }
    var bytes = Data()
    var rest = Substring(text)
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    self.init(bytes: bytes)
  }
}
