extension Double {
  /// The number with at most this many decimals, trailing zeros left out: `0.95`, `1`.
  ///
  /// Rounds half away from zero; not for numbers beyond 10^12.
  package func text(decimals: Int) -> String {
    guard isFinite, magnitude < 1e12 else { return "\(self)" }
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int64((magnitude * Double(scale)).rounded())
    let sign = self < 0 && scaled > 0 ? "-" : ""
    var fraction = String(scaled % scale)
    fraction = String(repeating: "0", count: decimals - min(decimals, fraction.count)) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    let whole = "\(sign)\(scaled / scale)"
    return fraction.isEmpty || decimals == 0 ? whole : "\(whole).\(fraction)"
  }
}
