import ReleaseCore

extension Moment {
  /// When every test begins: 2026-01-31T12:00:00Z.
  static let noon = Moment(milliseconds: 1_769_860_800_000)

  /// So many seconds after noon.
  static func seconds(_ seconds: Int64) -> Moment { noon + .seconds(seconds) }
}
