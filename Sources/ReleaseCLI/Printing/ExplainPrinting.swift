import Controller
import ReleaseCore

/// Prints why an environment is as it is.
struct ExplainPrinting {
  let desk: Desk

  init(_ desk: Desk) { self.desk = desk }

  /// The entries since the last time a release was opened, with the order that opened it.
  static func lastRelease(_ lines: [Explain.Line]) -> ArraySlice<Explain.Line> {
    let opened = lines.lastIndex { line in
      if case .opened = line.stored.entry.event { return true }
      return false
    }
    guard let opened, case .opened(let release) = lines[opened].stored.entry.event,
      release.kind == .rollback
    else { return lines[(opened ?? 0)...] }
    let ordered = lines[..<opened].lastIndex { line in
      if case .rollbackOrdered = line.stored.entry.event { return true }
      return false
    }
    return lines[(ordered ?? opened)...]
  }

  /// Prints entries with their reasons, and where the environment is now.
  func show(
    _ shown: ArraySlice<Explain.Line>,
    _ all: [Explain.Line],
    _ name: EnvironmentName
  ) {
    guard !shown.isEmpty else {
      say("\(name) has no history yet: nothing was decided.")
      return
    }
    for line in shown {
      let entry = line.stored.entry
      let mark = line.isDerived == false ? "  ! does not follow from what was seen" : ""
      say("\(line.stored.position)  \(entry.at)  \(entry.event.text.quoted(at: 6))\(mark)")
      if let because = entry.because { say("      because \(because.text.quoted(at: 6))") }
    }
    let decided = all.filter { $0.isDerived != nil }
    let derived = decided.filter { $0.isDerived == true }
    say(
      "\(derived.count) of \(decided.count) decisions of \(name) follow again from the journal alone."
    )
    guard let history = all.last?.history else { return }
    if let standing = history.standing {
      let since = "version \(standing.version) since \(standing.since)"
      let proof = standing.isProven ? "" : ", \(standing.proofText)"
      if case .resting = history.state {
        say("\(name) runs \(since)\(proof).")
      } else {
        say("What stands is \(since)\(proof); `release status \(name)` asks what runs meanwhile.")
      }
    }
    if case .held(let hold) = history.state {
      say("It is held: \(hold.reason.text.quoted(at: 6))")
      say("Next: \(hold.reason.nextStep(name, hold.version))")
    }
  }
}

/// An explained entry as programs read it.
struct ExplainedShape: Encodable {
  let schema = "release/explained/1"
  let event: EventShape
  let derived: Bool?

  init(_ line: Explain.Line) {
    event = EventShape(line.stored)
    derived = line.isDerived
  }
}
