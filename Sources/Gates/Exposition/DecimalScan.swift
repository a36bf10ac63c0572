/// A decimal number taken apart: `mantissa` times ten to the power of `exponent`.
struct DecimalScan {
  private var isNegative = false
  private var mantissa: UInt64 = 0
  private var exponent = 0
  /// Whether digits were left out because they no longer fit.
  private var isCut = false

  /// Powers of ten that a `Double` holds exactly.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Takes the bytes apart; nil unless all of them are one decimal number.
  init?(_ range: Range<Int>, in bytes: [UInt8]) {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    if bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    let wholeStart = index
    index = takeDigits(from: index, to: end, in: bytes, areFraction: false)
    var digits = index - wholeStart
    if index < end, bytes[index] == UInt8(ascii: ".") {
      let fractionStart = index + 1
      index = takeDigits(from: fractionStart, to: end, in: bytes, areFraction: true)
      digits += index - fractionStart
    }
    guard digits > 0 else { return nil }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      guard let after = takeExponent(from: index + 1, to: end, in: bytes) else { return nil }
      index = after
    }
    guard index == end else { return nil }
  }

  /// The value when it follows from one exact multiplication or division; nil when it may not.
  ///
  /// Whole numbers up to 2^53 and powers of ten up to 10^22 are exact as `Double`, and one
  /// operation on exact operands is rounded correctly (Clinger 1990).
  var exactValue: Double? {
    guard !isCut, mantissa <= 1 << 53, (-22...22).contains(exponent) else { return nil }
    let whole = Double(mantissa)
    let value = exponent < 0 ? whole / Self.powers[-exponent] : whole * Self.powers[exponent]
    return isNegative ? -value : value
  }

  private mutating func takeDigits(
    from start: Int,
    to end: Int,
    in bytes: [UInt8],
    areFraction: Bool
  ) -> Int {
    var index = start
    while index < end, LineReader.isDigit(bytes[index]) {
      if mantissa < 1_000_000_000_000_000_000 {
        mantissa = mantissa * 10 + UInt64(bytes[index] & 0x0F)
        if areFraction { exponent -= 1 }
      } else {
        isCut = true
      }
      index += 1
    }
    return index
  }

  private mutating func takeExponent(from start: Int, to end: Int, in bytes: [UInt8]) -> Int? {
    var index = start
    var sign = 1
    if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      sign = bytes[index] == UInt8(ascii: "-") ? -1 : 1
      index += 1
    }
    let digitsStart = index
    var size = 0
    while index < end, LineReader.isDigit(bytes[index]) {
      size = min(size * 10 + Int(bytes[index] & 0x0F), 100_000)
      index += 1
    }
    exponent += sign * size
    return index > digitsStart ? index : nil
  }
}
