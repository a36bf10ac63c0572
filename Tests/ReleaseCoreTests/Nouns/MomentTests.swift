import ReleaseCore
import Testing

@Suite struct `Moments as text` {
  @Test(arguments: [
    ("2026-01-31T12:00:00Z", 1_769_860_800_000),
    ("1970-01-01T00:00:00Z", 0),
    ("1969-12-31T23:59:59Z", -1000),
    ("2000-02-29T23:59:59Z", 951_868_799_000),
    ("0000-03-01T00:00:00Z", -62_162_035_200_000),
    ("9999-12-31T23:59:59Z", 253_402_300_799_000),
  ])
  func `are read and written alike`(text: String, milliseconds: Int64) {
    #expect(Moment(text: text) == Moment(milliseconds: milliseconds))
    #expect(Moment(milliseconds: milliseconds).description == text)
  }

  @Test(arguments: [
    ("2026-01-31T12:00Z", 0),
    ("2026-01-31 12:00:00z", 0),
    ("2026-01-31t12:00:00.5Z", 500),
    ("2026-01-31T12:00:00.123456789Z", 123),
    ("2026-01-31T13:30:00+01:30", 0),
    ("2026-01-31T13:30:00+0130", 0),
    ("2026-01-31T00:00:00-12:00", 0),
  ])
  func `may leave out seconds, carry a fraction and an offset`(text: String, extra: Int64) {
    #expect(Moment(text: text) == .noon + .milliseconds(extra))
  }

  @Test(arguments: [
    "", "2026", "2026-01-31", "2026-01-31T12:00:00", "2026-13-01T00:00Z", "2026-00-01T00:00Z",
    "2026-02-29T00:00Z", "2026-01-00T00:00Z", "2026-01-32T00:00Z", "2026-01-31T24:00Z",
    "2026-01-31T12:60Z", "2026-01-31T12:00:60Z", "2026-01-31T12:00:00.Z", "2026-1-31T12:00Z",
    "2026-01-31T12:00:00Z ", "2026-01-31T12:00+24:00", "2026-01-31T12:00+01", "+026-01-31T12:00Z",
    "２026-01-31T12:00Z", "2026-01-31T12:00:00.٣Z", "2026-01-31T12:00:0aZ",
  ])
  func `are refused when they are not a real moment in RFC 3339`(text: String) {
    #expect(Moment(text: text) == nil)
  }

  @Test func `name each day of four centuries in a way that is read back`() {
    for day in stride(from: Int64(-25_567), through: 146_097, by: 5) {
      let moment = Moment(milliseconds: day * 86_400_000)
      guard Moment(text: moment.description) == moment else {
        Issue.record("\(moment) is not read back.")
        return
      }
    }
  }

  @Test func `differ by durations`() {
    #expect(Moment.seconds(90) - .noon == .seconds(90))
    #expect(Moment.noon + .seconds(-1) < .noon)
  }
}
