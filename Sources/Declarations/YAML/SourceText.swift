/// The text of a file, with the way from line and column to its bytes.
///
/// Only text that shows what it says is taken: UTF-8, and none of the characters that break
/// lines invisibly or turn the reading direction.
struct SourceText: Sendable {
  /// The bytes as they are in git, a byte order mark included.
  let bytes: [UInt8]
  /// The text without the byte order mark.
  let text: String
  /// Bytes before the text: 3 where there is a byte order mark.
  private let markLength: Int
  /// Where each line begins, in bytes.
  private let lineStarts: [Int]

  /// The largest file that is read at all.
  ///
  /// A real environment has 1 to 3 kB.
  static let bytesMax = 1 << 20

  /// Takes the bytes of a file.
  ///
  /// - Throws: What is wrong with the bytes as such.
  init(_ bytes: [UInt8], file: String) throws(Mistake) {
    guard bytes.count <= Self.bytesMax else { throw Self.tooLarge(bytes.count, file: file) }
    self.bytes = bytes
    markLength = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var starts = [markLength]
    for (index, byte) in bytes.enumerated() {
      let isLoneReturn =
        byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)
      if byte == 0x0A || isLoneReturn { starts.append(index + 1) }
    }
    lineStarts = starts
    let body = bytes[markLength...]
    guard let text = String(validating: body, as: UTF8.self) else {
      throw Self.notUTF8(body, file: file)
    }
    self.text = text
    try Self.checkCharacters(text, file: file)
  }

  /// The refusal of a file that is too large, which needs no look inside.
  static func tooLarge(_ size: Int, file: String) -> Mistake {
    Place.start(of: file).refuse(
      "The file has \(size) bytes; an environment has at most \(bytesMax).",
      "Keep data elsewhere: only the declaration belongs in this file."
    )
  }

  /// The index in `bytes` of a place, or nil when the file has no such place.
  func byteOffset(line: Int, column: Int) -> Int? {
    var cursor = Cursor()
    return byteOffset(line: line, column: column, after: &cursor)
  }

  /// The same, counted from the place asked for before where that is on the same line.
  ///
  /// A file of one endless line would otherwise be counted from its start for every value.
  func byteOffset(line: Int, column: Int, after cursor: inout Cursor) -> Int? {
    guard line >= 1, line <= lineStarts.count, column >= 1 else { return nil }
    if cursor.line != line || cursor.column > column {
      cursor = Cursor(line: line, column: 1, offset: lineStarts[line - 1])
    }
    while cursor.column < column {
      guard cursor.offset < bytes.count else { return nil }
      cursor.offset += 1
      cursor.column += 1
      while cursor.offset < bytes.count, bytes[cursor.offset] & 0b1100_0000 == 0b1000_0000 {
        cursor.offset += 1
      }
    }
    return cursor.offset
  }

  /// A place that was found, from which the next is counted.
  struct Cursor: Sendable {
    /// The line, from 1; 0 before the first place.
    fileprivate(set) var line = 0
    /// The column, from 1.
    fileprivate(set) var column = 0
    /// The index in the bytes.
    fileprivate(set) var offset = 0

    /// Begins before the file.
    init() {}

    fileprivate init(line: Int, column: Int, offset: Int) {
      self.line = line
      self.column = column
      self.offset = offset
    }
  }

  private static func notUTF8(_ body: ArraySlice<UInt8>, file: String) -> Mistake {
    let repaired = String(decoding: body, as: UTF8.self).unicodeScalars
    let before = repaired.prefix { $0 != "\u{FFFD}" }
    return place(after: before, file: file).refuse(
      "The file is not UTF-8 text.",
      "Save it as UTF-8."
    )
  }

  private static func checkCharacters(_ text: String, file: String) throws(Mistake) {
    guard let bad = text.unicodeScalars.firstIndex(where: isMisleading) else { return }
    let code = String(text.unicodeScalars[bad].value, radix: 16, uppercase: true)
    throw place(after: text.unicodeScalars[..<bad], file: file).refuse(
      "The character U+\(String(repeating: "0", count: max(0, 4 - code.count)) + code) is invisible.",
      "Remove it; it breaks lines or turns text around without being seen."
    )
  }

  private static func place(
    after before: some Sequence<Unicode.Scalar>,
    file: String
  ) -> Place {
    var line = 1
    var column = 1
    for scalar in before {
      column += 1
      if scalar == "\n" {
        line += 1
        column = 1
      }
    }
    return Place(file: file, line: line, column: column)
  }

  /// Controls but tab and line ends, Unicode's line separators, marks and direction changes.
  private static func isMisleading(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    case _: false
    }
  }
}
