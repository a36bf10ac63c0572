import ArgumentParser
import Controller
import ReleaseCore

/// `release history`: the journal of an environment.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show an environment's journal, check it, or say what was true at a moment.",
    discussion: """
      Examples:
        release history production
        release history production --verify
        release history production --at 2026-01-31T12:00Z
      """
  )

  @Argument(help: "The environment.")
  var environment: String

  @Flag(help: "Check the chain of digests.")
  var verify = false

  @Option(
    help: ArgumentHelp(
      "What was declared, in the slot and served then, and why: 2026-01-31T12:00Z.",
      valueName: "moment"
    )
  )
  var at: MomentArgument?

  @Option(help: "Show the last entries only.")
  var last: Int?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if let last, last < 1 { throw ValidationError("--last takes a number from 1 on.") }
  }

  func run() async throws {
    let desk = try Desk.open(options)
    let name = try await desk.environment(environment)
    do throws(JournalProblem) {
      if verify {
        let count = try await desk.office.rooms.journal.verify(name)
        switch desk.format {
        case .text: say("\(name): \(count) entries, the chain is whole.")
        case .json: sayJSON(VerifiedShape(environment: name.rawValue, entries: count))
        }
        return
      }
      let entries = try await desk.office.rooms.journal.entries(of: name, after: 0)
      if let at {
        try show(entries, at: at.moment, name, desk)
      } else {
        list(entries, name, desk)
      }
    } catch {
      throw desk.report(error)
    }
  }

  private func list(_ entries: [StoredEntry], _ name: EnvironmentName, _ desk: Desk) {
    let shown = last.map { entries.suffix($0) } ?? entries[...]
    switch desk.format {
    case .json: sayJSON(shown.map(EventShape.init))
    case .text:
      guard !shown.isEmpty else {
        say("\(name) has no history yet.")
        return
      }
      for stored in shown {
        let entry = stored.entry
        let actor = entry.actor == "controller" ? "" : " (\(entry.actor))"
        say("\(stored.position)  \(entry.at)  \(entry.event.text.quoted(at: 6))\(actor)")
      }
    }
  }

  private func show(
    _ entries: [StoredEntry],
    at moment: Moment,
    _ name: EnvironmentName,
    _ desk: Desk
  ) throws(JournalProblem) {
    let before = entries.filter { $0.entry.at <= moment }
    let history = try History.replay(before, of: name)
    let facts = before.last { $0.entry.saw?.slot?.fact != nil }?.entry.saw
    let shape = ThenShape(name, moment, history, facts, before.last)
    switch desk.format {
    case .json: sayJSON(shape)
    case .text:
      guard let last = before.last else {
        say("\(name) had no history at \(moment).")
        return
      }
      say("\(name) at \(moment):")
      say("  declared  \(shape.declared.map(String.init) ?? "-")")
      say("  slot      \(shape.slot?.map(String.init).joined(separator: "+") ?? "not seen")")
      say("  served    \(shape.served ?? "not seen")")
      say("  standing  \(shape.standing.map(String.init) ?? "-") (\(shape.state))")
      say("  why       entry \(last.position): \(last.entry.event.text.quoted(at: 12))")
    }
  }
}

/// A moment as an argument.
struct MomentArgument: ExpressibleByArgument {
  /// The moment.
  let moment: Moment

  init?(argument: String) {
    guard let moment = Moment(text: argument) else { return nil }
    // Moments are printed by the second, and what was printed is meant with all that it holds.
    self.moment = argument.contains(".") ? moment : moment + .milliseconds(999)
  }
}

/// A checked chain as programs read it.
struct VerifiedShape: Encodable {
  let schema = "release/verified/1"
  let environment: String
  let entries: Int
}

/// What was true at a moment, as programs read it.
struct ThenShape: Encodable {
  let schema = "release/then/1"
  let environment: String
  let at: String
  let declared: Int?
  let slot: [Int]?
  let served: String?
  let standing: Int?
  let state: String
  let why: EventShape?

  init(
    _ name: EnvironmentName,
    _ moment: Moment,
    _ history: History,
    _ saw: Observation?,
    _ last: StoredEntry?
  ) {
    environment = name.rawValue
    at = moment.description
    declared = history.declared?.environment.version.number
    slot = Self.slot(history).map { [$0.number] } ?? saw?.slot?.fact?.map(\.number)
    served = Self.served(history, saw)
    standing = history.standing?.version.number
    state = history.state.word
    why = last.map(EventShape.init)
  }

  /// The version that the slot was last read back to hold.
  private static func slot(_ history: History) -> VersionNumber? {
    switch history.state {
    case .releasing(let release) where release.progress.isPointed: release.version
    case .returning(let way): way.progress.isPointed ? way.version : way.from.version
    case .releasing, .resting, .held: history.standing?.version
    }
  }

  /// The version that the services named last: the journal's own facts, else what was seen.
  private static func served(_ history: History, _ saw: Observation?) -> String? {
    switch history.state {
    case .releasing(let release) where !release.progress.identifiedAt.isEmpty:
      return release.version.description
    case .returning(let way) where !way.progress.identifiedAt.isEmpty:
      return way.version.description
    case .resting where history.standing != nil:
      return history.standing?.version.description
    case .releasing, .returning, .resting, .held:
      return saw?.identities.values.compactMap { $0.last.fact?.description }.first
    }
  }
}
