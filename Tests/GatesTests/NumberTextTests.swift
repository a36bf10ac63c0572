import Testing

@testable import Gates

@Suite struct `Numbers in text` {
  private func value(_ text: String) -> Double? {
    let bytes = Array("x\(text)x".utf8)
    return NumberText.value(1..<bytes.count - 1, in: bytes)
  }

  @Test func `are the same as the standard library's, to the last bit`() {
    var random = SeededRandom(1)
    for _ in 0..<20_000 {
      let digits = (0...Int.random(in: 0...24, using: &random)).map { _ in
        String(Int.random(in: 0...9, using: &random))
      }
      let whole = digits.prefix(Int.random(in: 0...digits.count, using: &random))
      let sign = ["", "-", "+"].randomElement(using: &random) ?? ""
      let exponent =
        Bool.random(using: &random) ? "e\(Int.random(in: -330...300, using: &random))" : ""
      let text = sign + whole.joined() + "." + digits.dropFirst(whole.count).joined() + exponent
      // The standard library reads no number that begins or ends with the point.
      let plain =
        (sign == "-" ? "-0" : "0") + whole.joined() + "." + digits.dropFirst(whole.count).joined()
        + "0" + exponent
      let expected = Double(plain).flatMap { $0.isFinite ? $0 : nil }
      #expect(value(text)?.bitPattern == expected?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: [
    "", "+", ".", "e5", "1e", "1e+", "1.2.3", "0x1", "1_0", "1 ", " 1", "--1", "infin", "nanx",
    "+nan",
    "1e309", "ｉnf",
  ])
  func `are refused when they are anything else`(text: String) {
    #expect(value(text) == nil)
  }

  @Test func `may be infinite or no number, in any case`() {
    #expect(value("+Inf") == .infinity)
    #expect(value("-INFINITY") == -.infinity)
    #expect(value("nAn")?.isNaN == true)
  }
}
