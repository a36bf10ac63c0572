import ReleaseCore
import Testing

@Suite struct `Durations as text` {
  @Test(arguments: [
    ("90s", 90_000, "1m30s"), ("5m", 300_000, "5m"), ("24h", 86_400_000, "24h"),
    ("2d", 172_800_000, "48h"), ("300ms", 300, "300ms"), ("1m30s", 90_000, "1m30s"),
    ("1h1ms", 3_600_001, "1h1ms"), ("0s", 0, "0s"), ("1000000000d", 86_400_000_000_000_000, nil),
  ])
  func `are read with their unit and written in the largest units`(
    text: String,
    milliseconds: Int64,
    written: String?
  ) {
    let duration = Duration(text: text)
    #expect(duration == .milliseconds(milliseconds))
    if let written { #expect(duration?.text == written) }
  }

  @Test(arguments: [
    "", "5", "m", "5 m", "5M", "-5m", "+5m", "1.5h", "5m ", "5w", "1000000001s", "٣m",
    "99999999999999999999s", "5mm", "m5",
  ])
  func `are refused without a unit, or with another one`(text: String) {
    #expect(Duration(text: text) == nil)
  }

  @Test func `are refused, and never trap, when their sum is beyond all measure`() {
    #expect(Duration(text: String(repeating: "1000000000d", count: 200)) == nil)
  }

  @Test func `below zero keep their sign`() {
    #expect(Duration.seconds(-90).text == "-1m30s")
  }
}
