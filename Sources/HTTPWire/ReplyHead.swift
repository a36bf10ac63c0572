/// Gathers status and headers of one answer from the lines libcurl hands over.
///
/// Interim answers (1xx) begin anew with the next status line; trailers after a body are counted
/// but not kept, because nobody may base a decision on a header that comes after the fact.
struct ReplyHead {
  /// Why a head cannot be used.
  enum Refusal: Equatable {
    case tooLarge
    case contradictoryLength
  }

  /// The status, 0 until a status line came.
  private(set) var status = 0
  /// The header lines in their order.
  private(set) var headers: [HeaderField] = []
  /// What `Content-Length` says.
  private(set) var contentLength: Int?
  /// Whether the final answer's status line came.
  var hasBegun: Bool { status >= 200 }
  /// Whether the final answer's headers are all there.
  private(set) var isComplete = false
  /// What `Content-Encoding` says, in lower case, without `identity`.
  private(set) var codings: [String] = []

  private let limit: Int
  private var bytes = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Takes one line, its line break included.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Refusal? {
    bytes += line.count
    guard bytes <= limit else { return .tooLarge }
    guard !isComplete else { return nil }
    let end = line.lastIndex { $0 != 10 && $0 != 13 }.map { $0 + 1 } ?? 0
    let text = line[..<end]
    if text.isEmpty {
      isComplete = hasBegun
      return nil
    }
    if text.starts(with: "HTTP/".utf8) {
      begin(text)
      return nil
    }
    return add(text)
  }

  private mutating func begin(_ line: Slice<UnsafeRawBufferPointer>) {
    headers.removeAll(keepingCapacity: true)
    contentLength = nil
    codings = []
    let digits = line.drop { $0 != 32 }.dropFirst().prefix(3)
    status = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  /// A line without a colon says nothing and is skipped, as every client does.
  private mutating func add(_ line: Slice<UnsafeRawBufferPointer>) -> Refusal? {
    if line.first == 32 || line.first == 9 {
      if !headers.isEmpty { headers[headers.count - 1].value += " " + Self.text(line) }
      return nil
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let field = HeaderField(Self.text(line[..<colon]), Self.text(line[(colon + 1)...]))
    headers.append(field)
    if field.isNamed("Content-Length") {
      let length = Int(field.value)
      if let contentLength, contentLength != length { return .contradictoryLength }
      contentLength = length
    } else if field.isNamed("Content-Encoding") {
      let named = field.value.lowercased().split(separator: ",")
      codings += named.map { $0.filter { $0 != " " && $0 != "\t" } }.filter { $0 != "identity" }
    }
    return nil
  }

  private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 }
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
