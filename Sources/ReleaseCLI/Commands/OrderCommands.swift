import ArgumentParser
import Controller
import ReleaseCore

/// `release approve`: let a version in that needs a person's word.
struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve a version for an environment, with a tag in the registry."
  )

  @Argument(help: "The environment.")
  var environment: String

  @Option(help: "The version; by default the one that is declared.")
  var version: VersionNumber?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let desk = try Desk.open(options)
    let name = try await desk.environment(environment)
    let approved = try await desk.reporting { () async throws(ProblemRecord) in
      try await Orders(desk.office).approve(name, version)
    }
    desk.conclude("\(name): version \(approved) is approved.", kind: "approved", name, approved)
  }
}

/// `release retry`: forget a rejection.
struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Let a rejected version be tried once more.",
    discussion: """
      A version that failed in an environment stays rejected there until its gates change or \
      somebody says this. If git still declares it, it is tried at once; else promote it again. \
      A version that a rollback left standing without proof is judged by the gates where it stands.
      """
  )

  @Argument(help: "The environment.")
  var environment: String

  @Option(help: "The version.")
  var version: VersionNumber

  @Option(help: "Why it should pass this time; it goes to the journal.")
  var reason: String

  @Flag(inversion: .prefixedNo, help: "See it through if git declares the version.")
  var wait = true

  @Option(help: "How long to wait at most.")
  var timeout = SpanArgument(.seconds(3600))

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let desk = try Desk.open(options)
    let name = try await desk.environment(environment)
    let wasRejected = try await desk.reporting { () async throws(ProblemRecord) in
      try await Orders(desk.office).retry(name, version, reason: reason)
    }
    guard wasRejected else {
      desk.conclude(
        "\(name) has not rejected version \(version).",
        kind: "not-rejected",
        name,
        version
      )
      return
    }
    let history = try? await desk.office.history(of: name)
    guard wait, history?.goal == version else {
      let next =
        switch history?.goal {
        case nil: "The next reconcile begins with what git declares."
        case version?: "The next reconcile tries it."
        case .some:
          "git declares another version: release promote --to \(name) --version \(version)"
        }
      desk.conclude(
        "\(name) lets version \(version) be tried once more. \(next)",
        kind: "retried",
        name,
        version
      )
      return
    }
    let deadline = desk.office.rooms.clock.now + timeout.duration
    let outcome = await desk.office.loop(name)
      .pass(Patience(deadline: deadline, claim: timeout.duration))
    let status = await desk.conclude(outcome, wanted: version, verb: "retry")
    if status != .done { throw status }
  }
}

/// `release hold`: stop an environment.
struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Stop an environment until `release resume`; rollbacks still work."
  )

  @Argument(help: "The environment.")
  var environment: String

  @Option(help: "Why; it goes to the journal.")
  var reason: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let desk = try Desk.open(options)
    let name = try await desk.environment(environment)
    try await desk.reporting { () async throws(ProblemRecord) in
      try await Orders(desk.office).hold(name, reason: reason)
    }
    desk.conclude("\(name) is held: \(reason)", kind: "held", name, nil)
  }
}

/// `release resume`: let an environment go on.
struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Let a held environment go on; the next reconcile takes up what is declared."
  )

  @Argument(help: "The environment.")
  var environment: String

  @Option(help: "Why it may go on; it goes to the journal.")
  var reason: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let desk = try Desk.open(options)
    let name = try await desk.environment(environment)
    let done = try await desk.reporting { () async throws(ProblemRecord) in
      try await Orders(desk.office).resume(name, reason: reason)
    }
    guard let done else {
      desk.conclude("\(name) was not held.", kind: "not-held", name, nil)
      return
    }
    var text = "\(name) goes on. It was held: \(done.hold.reason.text.quoted(at: 2))"
    if let version = done.stillRejected {
      text +=
        "\nVersion \(version) stays rejected there: `release retry \(name) --version \(version) "
      text += "--reason …` tries it once more."
    }
    desk.conclude(text, kind: "resumed", name, nil)
  }
}

extension Desk {
  /// Prints a one-line result in the call's format.
  func conclude(_ text: String, kind: String, _ name: EnvironmentName, _ version: VersionNumber?) {
    switch format {
    case .text: say(text)
    case .json:
      sayJSON(
        OrderShape(result: kind, environment: name.rawValue, version: version?.number, text: text)
      )
    }
  }
}

/// The result of an order as programs read it.
struct OrderShape: Encodable {
  let schema = "release/order/1"
  let result: String
  let environment: String
  let version: Int?
  let text: String
}
