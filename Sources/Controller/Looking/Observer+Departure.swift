import ReleaseCore

extension Observer {
  /// The last release downstream of a version that our stage lost; nil when there was none, and
  /// when a journal cannot be read: what nobody can tell explains nothing.
  func departure(of version: VersionNumber?, to downstream: [String: EnvironmentName]) async
    -> Departure?
  {
    guard let version else { return nil }
    var last: Departure?
    for name in downstream.values.sorted() {
      let entries = (try? await rooms.journal.facts(of: name, after: 0)) ?? []
      for stored in entries {
        guard case .opened(let release) = stored.entry.event, release.version == version,
          stored.entry.at > last?.at ?? Moment(milliseconds: 0)
        else { continue }
        last = Departure(to: name, at: stored.entry.at)
      }
    }
    return last
  }
}
