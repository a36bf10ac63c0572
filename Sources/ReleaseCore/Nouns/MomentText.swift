extension Moment: CustomStringConvertible {
  /// The moment as RFC 3339 in UTC to the second: `2026-01-31T12:00:00Z`.
  package var description: String {
    let (year, month, day) = Self.civil(daysSince1970: floored(milliseconds, 86_400_000))
    let second = (milliseconds - floored(milliseconds, 86_400_000) * 86_400_000) / 1000
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
  }

  /// Reads RFC 3339 with `Z` or an offset; seconds and their fraction may be left out.
  ///
  /// Answers nil for anything else, impossible dates included.
  package init?(text: String) {
    var reader = MomentReader(text)
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2),
      reader.take("T") || reader.take("t")
        || reader.take(" "), let hour = reader.digits(2), reader.take(":"),
      let minute = reader.digits(2), let millisecond = reader.secondsAndFraction(),
      let offset = reader.offsetMinutes(), reader.isAtEnd
    else { return nil }
    guard (1...12).contains(month), hour < 24, minute < 60 else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    guard day >= 1, Self.civil(daysSince1970: days) == (year, month, day) else { return nil }
    let minutes = (days * 24 + hour) * 60 + minute - offset
    self.init(milliseconds: minutes * 60_000 + millisecond)
  }

  /// Days since 1970 of a Gregorian date.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = floored(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The Gregorian date of a day since 1970, from the same source.
  private static func civil(daysSince1970: Int64) -> (Int64, Int64, Int64) {
    let shifted = daysSince1970 + 719_468
    let era = floored(shifted, 146_097)
    let day = shifted - era * 146_097
    let year = (day - day / 1460 + day / 36524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    let civilYear = year + era * 400 + (civilMonth <= 2 ? 1 : 0)
    return (civilYear, civilMonth, dayOfYear - (153 * month + 2) / 5 + 1)
  }
}

/// Reads the parts of an RFC 3339 text from left to right.
private struct MomentReader {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  mutating func digits(_ count: Int) -> Int64? {
    let part = rest.prefix(count)
    guard part.utf8.count == count, part.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    rest.removeFirst(count)
    return Int64(part)
  }

  mutating func secondsAndFraction() -> Int64? {
    guard take(":") else { return 0 }
    guard let second = digits(2), second < 60 else { return nil }
    guard take(".") else { return second * 1000 }
    var scale: Int64 = 100
    var fraction: Int64 = 0
    guard rest.first?.isNumber == true else { return nil }
    while let digit = digits(1) {
      fraction += digit * scale
      scale /= 10
    }
    return second * 1000 + fraction
  }

  mutating func offsetMinutes() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign: Int64
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hour = digits(2), hour < 24 else { return nil }
    _ = take(":")
    guard let minute = digits(2), minute < 60 else { return nil }
    return sign * (hour * 60 + minute)
  }
}

private func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
  value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
}

private func padded(_ value: Int64, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
