import Controller
import ReleaseCore

/// Prints what is declared, in the slot and served.
struct StatusPrinting {
  let desk: Desk

  init(_ desk: Desk) { self.desk = desk }

  /// Nothing else leaves a version standing that is not proven.
  private static let whyUnproven = "a rollback to it was ordered, and only its health was asked."

  /// Prints one line for each environment, and what is wrong.
  func show(_ reports: [Status.Report]) {
    guard !reports.isEmpty else {
      say("No environment is declared. `release init` writes commented first files.")
      return
    }
    var table = Table(["ENVIRONMENT", "MODEL", "DECLARED", "SLOT", "SERVED", "STATE", "WHY"])
    for report in reports {
      let shape = StatusShape(report)
      table.add([
        shape.environment, shape.model ?? "-", shape.declared.map(String.init) ?? "-",
        shape.slotText, shape.servedText, shape.state, shape.reason,
      ])
    }
    for line in table.lines { say(line) }
    for report in reports {
      if let problem = report.problem { complain(problem, headline: "\(report.name):") }
      if case .held(let hold) = report.inspection?.situation.history.state {
        say("\(report.name): \(hold.reason.nextStep(report.name, hold.version))")
      }
      if case .rest(.orderStands(_, let declared)) = report.inspection?.decision {
        say("\(report.name): `release promote --to \(report.name) --version \(declared)` ends it.")
      }
      if let standing = report.inspection?.situation.history.standing, !standing.isProven {
        say("\(report.name): version \(standing.version) is not proven here: \(Self.whyUnproven)")
        say(standing.nextStep(report.name))
      }
    }
  }
}

/// An environment's status as programs read it.
struct StatusShape: Encodable {
  let schema = "release/status/1"
  let environment: String
  let model: String?
  let declared: Int?
  let slot: [Int]?
  let served: [String: String]
  let standing: Int?
  let proven: Bool
  let rejected: [Int]
  let state: String
  let reason: String
  let problem: ProblemShape?

  init(_ report: Status.Report) {
    environment = report.name.rawValue
    problem = report.problem.map(ProblemShape.init)
    let history = report.inspection?.situation.history
    let observation = report.inspection?.situation.observation
    let declaration = Self.declaration(observation?.declared?.fact, history)
    model = declaration?.environment.model.rawValue
    declared = declaration?.environment.version.number
    slot = observation?.slot?.fact?.map(\.number)
    served = (observation?.identities ?? [:]).reduce(into: [:]) { shape, pair in
      shape[pair.key.rawValue] = pair.value.last.word
    }
    standing = history?.standing?.version.number
    proven = history?.standing?.isProven ?? false
    rejected = history?.rejections.map(\.version.number) ?? []
    state = history?.state.word ?? "unknown"
    reason = Self.reason(report.inspection)
  }

  /// What git declares; a clone that is behind shows less than what was accepted already.
  private static func declaration(_ read: Declared?, _ history: History?) -> Declared? {
    if case .behind? = read?.lineage { return history?.declared }
    return read ?? history?.declared
  }

  /// A look cannot tell a step that somebody else takes now from one that was cut off.
  private static func reason(_ inspection: Inspection?) -> String {
    guard let inspection else { return "" }
    if case .notSeenToEnd = inspection.decision.reason,
      let step = inspection.situation.history.openStep?.step
    {
      return "under way, or cut off: \(step.text)"
    }
    return inspection.decision.reason.text
  }

  /// The slot's content as people read it.
  var slotText: String {
    guard let slot else { return "?" }
    return slot.isEmpty ? "none" : slot.map(String.init).joined(separator: "+")
  }

  /// What the services say, as people read it.
  var servedText: String {
    if served.count <= 1 { return served.values.first ?? "?" }
    return served.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: " ")
  }
}

extension Seen<ServedVersion> {
  /// The version, or one word for why it is not known.
  fileprivate var word: String {
    switch self {
    case .known(let version, at: _): version.description
    case .unknown(.down, at: _): "down"
    case .unknown(.unreachable, at: _): "unreachable"
    case .unknown(.unreadable, at: _), .unknown(.otherVersion, at: _): "unreadable"
    case .unknown(.denied, at: _): "denied"
    }
  }
}
