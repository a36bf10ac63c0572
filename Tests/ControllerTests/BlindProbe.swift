import ReleaseCore

/// A probe that nothing answers.
struct BlindProbe: Probe {
  private static let blindness = Blindness.unreachable("nobody is there")

  func identify(_ service: Service) -> Seen<ServedVersion> {
    .unknown(Self.blindness, at: Moment(milliseconds: 0))
  }

  func measure(_ gate: Gate, of service: Service, version: VersionNumber) -> Seen<Reading> {
    .unknown(Self.blindness, at: Moment(milliseconds: 0))
  }
}
