import ReleaseCore

/// One environment under control: its journal, and the history that follows from it.
struct Pilot {
  var history = History()
  private(set) var journal: [Entry] = []
  /// Entries up to here survive a crash: intentions, what people said, and all before them.
  private(set) var durable = 0

  // What the checks remember, independently of the history.

  /// Which versions failed last, and under which gates, until a person says otherwise.
  private(set) var failed: Set<Failed> = []
  /// Which versions passed, or were recalled as such, and have not failed since.
  private(set) var passed: Set<VersionNumber> = []
  /// Which versions rollbacks without a name have left since anything else was ordered or passed.
  var left: Set<VersionNumber> = []
  /// What each release wrote into the slot.
  var written: [ReleaseID: Set<VersionNumber>] = [:]
  /// Whether a person or an accident interfered since the last release was opened.
  var isDisturbed = false

  struct Failed: Hashable {
    var version: VersionNumber
    var digest: String
    var gates: Fingerprint
  }

  /// Takes an event into account and writes it down.
  mutating func append(_ entry: Entry) throws {
    try history.take(entry.event, at: entry.at)
    journal.append(entry)
    note(entry.event)
    if entry.event.isIntention || entry.actor != "controller" { durable = journal.count }
  }

  /// Loses entries that need not survive, as many as given at most, and starts again.
  mutating func forget(_ name: EnvironmentName, entries: Int) throws {
    journal.removeLast(min(entries, journal.count - durable))
    history = try replayed(name)
    (failed, passed) = ([], [])
    for entry in journal { note(entry.event) }
    let opened = Set(
      journal.compactMap { entry -> ReleaseID? in
        if case .opened(let release) = entry.event { return release.id }
        return nil
      }
    )
    written = written.filter { opened.contains($0.key) }
  }

  /// The history as a restart finds it.
  func replayed(_ name: EnvironmentName) throws -> History {
    let stored = journal.enumerated().map { index, entry in
      StoredEntry(position: index + 1, entry: entry, digest: "")
    }
    return try History.replay(stored, of: name)
  }

  private mutating func note(_ event: ReleaseEvent) {
    switch event {
    case .rejected(let rejection), .turnedBack(_, failure: _, rejection: let rejection),
      .held(_, rejection: let rejection?):
      passed.remove(rejection.version)
      failed = failed.filter { $0.version != rejection.version }
      failed.insert(
        Failed(version: rejection.version, digest: rejection.digest, gates: rejection.gates)
      )
    case .proven(let proof) where proof.basis != .rollback:
      failed = failed.filter { $0.version != proof.version }
      passed.insert(proof.version)
      left = []
    case .recalled(let proofs, rejections: _, standing: _): passed = Set(proofs.map(\.version))
    case .retried(let version, by: _, reason: _):
      failed = failed.filter { $0.version != version }
    case _: break
    }
  }
}
