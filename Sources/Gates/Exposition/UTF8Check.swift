/// Tells whether bytes are UTF-8.
enum UTF8Check {
  /// Nearly every metrics text is ASCII, so that is looked at first.
  static func isValid(_ bytes: [UInt8]) -> Bool {
    var union: UInt8 = 0
    for byte in bytes { union |= byte }
    return union < 0x80 || String(validating: bytes, as: UTF8.self) != nil
  }
}
