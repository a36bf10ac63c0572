/// Refuses a request whose headers would change its framing or another request's.
enum RequestCheck {
  /// Throws unless every header can be sent as it stands.
  static func headers(of request: Request) throws(WireProblem) {
    for field in request.headers {
      guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte),
        field.value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }),
        !ownNames.contains(where: field.isNamed)
      else {
        throw .invalidHeader(name: Redaction.excerpt(Array(field.name.utf8), limit: 64))
      }
    }
  }

  /// The client frames the body itself; a second opinion in a header is request smuggling.
  private static let ownNames = ["Content-Length", "Transfer-Encoding", "Expect"]

  /// What RFC 9110 calls a token.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default:
      "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
