import ReleaseCore

/// Looks whether the machine's clock can be right.
struct ClockExamination: Sendable {
  /// The machine's time.
  let now: Moment
  /// When the journal was last written; nil when it never was.
  let lastEntry: Moment?

  /// 2025-01-01T00:00:00Z: before this program was written.
  private static let earliest = Moment(milliseconds: 1_735_689_600_000)
  /// How far the clocks of two machines that share a journal may be apart.
  private static let tolerance = Duration.seconds(5)

  /// What was found.
  func diagnoses() -> [Diagnosis] {
    if now < Self.earliest {
      return [
        .problem(
          "the clock says \(now), before this program was written",
          next: "Set it; soak times, deadlines and signatures go by it.",
          .unusable
        )
      ]
    }
    if let lastEntry, lastEntry > now + Self.tolerance {
      return [
        .warning(
          "the clock says \(now), and the journal's last entry was written at \(lastEntry)",
          next: "Synchronise the clocks of the machines that release."
        )
      ]
    }
    return [.fine("the clock says \(now)")]
  }
}
