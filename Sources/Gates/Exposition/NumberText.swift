/// Reads numbers as both text formats write them: decimal, without hexadecimals and underscores.
enum NumberText {
  /// A number, or `NaN`, `Inf` or `Infinity` in any case; nil for anything else.
  ///
  /// A number too large for a `Double` is refused, not rounded to infinity.
  static func value(_ range: Range<Int>, in bytes: [UInt8]) -> Double? {
    if let number = real(range, in: bytes) { return number }
    guard 3...9 ~= range.count else { return nil }
    var letters = range
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    let isSigned = isNegative || bytes[range.lowerBound] == UInt8(ascii: "+")
    if isSigned { letters = range.lowerBound + 1..<range.upperBound }
    switch String(decoding: bytes[letters], as: UTF8.self).lowercased() {
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    case "nan": return isSigned ? nil : .nan
    default: return nil
    }
  }

  /// A finite number; nil for anything else.
  static func real(_ range: Range<Int>, in bytes: [UInt8]) -> Double? {
    guard let scan = DecimalScan(range, in: bytes) else { return nil }
    if let exact = scan.exactValue { return exact }
    guard let number = Double(String(decoding: bytes[range], as: UTF8.self)), number.isFinite else {
      return nil
    }
    return number
  }

  /// A whole number of 64 bits; nil for anything else.
  static func integer(_ range: Range<Int>, in bytes: [UInt8]) -> Int64? {
    Int64(String(decoding: bytes[range], as: UTF8.self))
  }
}
