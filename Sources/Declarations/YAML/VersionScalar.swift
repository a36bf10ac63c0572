import ReleaseCore

/// The version's digits in a file: where they are, and the file with others in their place.
struct VersionScalar: Equatable, Sendable {
  /// The bytes of the digits, without quotes.
  let range: Range<Int>
  /// What they say.
  let version: VersionNumber
  /// Where they stand.
  let place: Place

  /// Finds the version of a file.
  ///
  /// - Throws: Why the version cannot be edited here.
  static func find(in bytes: [UInt8], file: String) throws(Mistake) -> VersionScalar {
    let document = try YAMLDocument(bytes, file: file)
    guard let node = document.root["version"] else {
      throw Place.start(of: file).refuse(
        "The file has no `version:` of its own; it comes from a _defaults.yaml.",
        "Write `version: N` in this file, so that it alone can be changed."
      )
    }
    let version = try Scalar.version(node)
    let digits = Array(version.description.utf8)
    guard let start = document.source.byteOffset(line: node.place.line, column: node.place.column)
    else { throw notPlain(node.place) }
    let isQuoted = start < bytes.count && (bytes[start] == 0x22 || bytes[start] == 0x27)
    let first = isQuoted ? start + 1 : start
    guard bytes[first...].starts(with: digits) else { throw notPlain(node.place) }
    return VersionScalar(
      range: first..<(first + digits.count),
      version: version,
      place: node.place
    )
  }

  /// The file with another version, and every other byte as it was.
  func replace(in bytes: [UInt8], with other: VersionNumber) -> [UInt8] {
    Array(bytes[..<range.lowerBound]) + Array(other.description.utf8)
      + Array(bytes[range.upperBound...])
  }

  private static func notPlain(_ place: Place) -> Mistake {
    place.refuse(
      "The version is not written in plain digits on this line.",
      "Write it as `version: 7`."
    )
  }
}
