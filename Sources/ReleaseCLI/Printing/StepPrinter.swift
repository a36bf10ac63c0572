import Controller
import ReleaseCore

/// Prints each step as it happens: a live list on a terminal, plain lines elsewhere.
actor StepPrinter: Witness {
  private let terminal: Terminal
  private let isMuted: Bool
  private let showsNames: Bool
  private var begun: [StepKey: Step] = [:]
  private var hasTransientLine = false
  private var waiting: [EnvironmentName: (reason: Reason, since: Moment, said: Moment?)] = [:]
  private var labelWidth = 0

  /// A wait is worth a plain line once it has lasted this long, and again after each minute.
  private static let quietWait = Duration.seconds(3)
  /// Waits of less than this are not told apart: to find the name of a reason takes its time.
  private static let briefWait = Duration.milliseconds(500)

  /// Makes a printer; a muted one prints nothing.
  init(_ terminal: Terminal, isMuted: Bool, showsNames: Bool) {
    self.terminal = terminal
    self.isMuted = isMuted
    self.showsNames = showsNames
  }

  func wrote(_ stored: StoredEntry, in environment: EnvironmentName) {
    guard !isMuted else { return }
    waiting[environment] = nil
    var (mark, text) = line(of: stored.entry.event)
    if case .carriedOn(let words)? = stored.entry.because { text += ": \(words)" }
    guard let mark else {
      transient("… \(text)", environment)
      return
    }
    erase()
    say("\(clock(stored.entry.at)) \(label(environment))\(styled(mark)) \(indented(text))")
  }

  func waits(_ environment: EnvironmentName, because reason: Reason, until: Moment) {
    guard !isMuted else { return }
    guard !terminal.isLive else {
      transient("… \(reason.text)", environment)
      return
    }
    guard let wait = waiting[environment] else {
      waiting[environment] = (reason, until, nil)
      return
    }
    guard until - wait.since >= Self.briefWait else { return }
    guard wait.reason.kind == reason.kind else {
      waiting[environment] = (reason, until, nil)
      return
    }
    let isDue =
      wait.said.map { until - $0 >= .seconds(60) } ?? (until - wait.since >= Self.quietWait)
    guard isDue else { return }
    waiting[environment]?.said = until
    say("\(clock(until)) \(label(environment))… \(reason.text)")
  }

  /// Prints what a person should know and what is no part of what happens.
  func warn(_ environment: EnvironmentName, _ caution: Caution) {
    warn(environment, "\(caution.text). \(caution.nextStep)")
  }

  /// Prints what a person should know, in one line.
  func warn(_ environment: EnvironmentName, _ text: String) {
    guard !isMuted else { return }
    erase()
    say("\(styled("!")) \(environment): \(text)")
  }

  /// Removes the line that is only there for now.
  func finish() { erase() }

  private func line(of event: ReleaseEvent) -> (Character?, String) {
    switch event {
    case .stepBegun(let key, let step):
      begun[key] = step
      return (nil, step.text)
    case .stepDone(let key, let result):
      let step = begun.removeValue(forKey: key)
      return ("✓", [step?.text, result.text].compactMap { $0 }.joined(separator: ": "))
    case .stepFailed(let key, let problem):
      return ("!", "\(begun[key]?.text ?? "a step") failed: \(problem.what) \(problem.why)")
    case .judged(_, _, .pass), .identified, .proven, .returned, .recovered, .deployed,
      .bakingBegan:
      return ("✓", event.text)
    case .held(let hold, rejection: nil) where hold.isOrdered: return ("✓", event.text)
    case .judged, .turnedBack, .rejected, .held, .incumbentUnfit: return ("✗", event.text)
    default: return ("·", event.text)
    }
  }

  private func styled(_ mark: Character) -> String {
    switch mark {
    case "✓": terminal.styled("✓", .good)
    case "✗": terminal.styled("✗", .bad)
    case "!": terminal.styled("!", .warning)
    default: String(mark)
    }
  }

  private func indented(_ text: String) -> String { text.quoted(at: 11) }

  /// The time of day, UTC.
  private func clock(_ moment: Moment) -> String {
    terminal.styled(String(moment.description.dropFirst(11).dropLast()), .faint)
  }

  private func label(_ environment: EnvironmentName) -> String {
    guard showsNames else { return "" }
    let name = environment.rawValue
    labelWidth = max(labelWidth, name.count)
    let padding = String(repeating: " ", count: labelWidth - name.count)
    return terminal.styled(name, .strong) + padding + "  "
  }

  private func transient(_ text: String, _ environment: EnvironmentName) {
    guard terminal.isLive else { return }
    erase()
    let line = showsNames ? "\(environment)  \(text)" : text
    emit(terminal.styled(String(line.prefix(terminal.columns - 1)), .faint), to: 1)
    hasTransientLine = true
  }

  private func erase() {
    guard hasTransientLine else { return }
    emit("\r\u{1B}[K", to: 1)
    hasTransientLine = false
  }
}

extension Hold {
  /// Whether a person set it, which is then done.
  fileprivate var isOrdered: Bool {
    guard case .ordered = reason else { return false }
    return true
  }
}

extension Reason {
  /// The name of the case, to notice that a wait is still the same.
  fileprivate var kind: String {
    String(String(describing: self).prefix { $0 != "(" })
  }
}
