import ReleaseCore
import Testing

@Suite struct `Numbers for people` {
  @Test(arguments: [
    (0.95, 4, "0.95"), (1.0, 4, "1"), (0.0, 3, "0"), (0.4117647, 3, "0.412"), (0.0004, 3, "0"),
    (-0.5, 2, "-0.5"), (-0.0001, 3, "0"), (12.3456, 0, "12"), (0.9996, 3, "1"), (0.05, 2, "0.05"),
    (999_999_999_999.25, 2, "999999999999.25"),
  ])
  func `have no more decimals than asked for, and no trailing zeros`(
    number: Double,
    decimals: Int,
    text: String
  ) {
    #expect(number.text(decimals: decimals) == text)
  }

  @Test func `that are not finite or too large keep their own text`() {
    #expect(Double.nan.text(decimals: 2) == "nan")
    #expect(Double.infinity.text(decimals: 2) == "inf")
    #expect((1e16).text(decimals: 2) == "1e+16")
  }
}
