extension Duration {
  /// The duration as declarations write it: `90s`, `5m`, `24h`, `300ms`; `1m30s` where it must.
  package var text: String {
    let total = milliseconds
    guard total != 0 else { return "0s" }
    guard total > 0 else { return "-" + Duration.milliseconds(-total).text }
    var rest = total
    var parts = ""
    for (unit, size) in [("h", Int64(3_600_000)), ("m", 60_000), ("s", 1000), ("ms", 1)] {
      guard rest >= size else { continue }
      parts += "\(rest / size)\(unit)"
      rest %= size
    }
    return parts
  }

  /// Reads `90s`, `5m`, `24h`, `2d`, `300ms` and their sums such as `1m30s`.
  ///
  /// Answers nil for anything else, a bare number included: its unit would be a guess.
  package init?(text: some StringProtocol) {
    var rest = Substring(text)
    var total: Int64 = 0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let amount = Int64(digits), amount <= 1_000_000_000 else { return nil }
      rest.removeFirst(digits.count)
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      guard let size = Self.milliseconds(of: unit) else { return nil }
      rest.removeFirst(unit.count)
      total += amount * size
      guard total <= Self.longestMilliseconds else { return nil }
    }
    self = .milliseconds(total)
  }

  /// A billion days: beyond all use, and far enough from the end of the number.
  private static let longestMilliseconds: Int64 = 86_400_000_000_000_000

  private static func milliseconds(of unit: Substring) -> Int64? {
    switch unit {
    case "ms": 1
    case "s": 1000
    case "m": 60_000
    case "h": 3_600_000
    case "d": 86_400_000
    case _: nil
    }
  }
}
