import ReleaseCore
import Testing

@Suite struct `Versions as text` {
  @Test(arguments: [("1", 1), ("7", 7), ("1203", 1203), ("9223372036854775807", Int.max)])
  func `are plain digits`(text: String, number: Int) {
    #expect(VersionNumber(text: text)?.number == number)
    #expect(VersionNumber(number)?.description == text)
  }

  @Test(arguments: [
    "", "0", "00", "01", "-1", "+1", "1.0", "1e3", " 1", "1 ", "v1", "٣", "latest",
    "9223372036854775808",
  ])
  func `are refused in any other form`(text: String) {
    #expect(VersionNumber(text: text) == nil)
  }

  @Test(arguments: [0, -1, Int.min])
  func `count from one`(number: Int) {
    #expect(VersionNumber(number) == nil)
  }
}
