extension Duration {
  /// The longest time anything here waits; it keeps all arithmetic far away from overflow.
  static let day = Duration.seconds(86_400)

  /// From nothing to a day, rounded up so that what is left never becomes nothing too early.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = max(.zero, min(self, .day)).components
    return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
