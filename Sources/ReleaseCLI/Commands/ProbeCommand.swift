import ArgumentParser
import Controller
import ReleaseCore

/// `release probe`: measure without judging.
struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Measure an environment's services once, without judging."
  )

  @Argument(help: "The environment.")
  var environment: String

  @Option(help: "Measure as if this version were under test; by default the one that is served.")
  var version: VersionNumber?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let desk = try Desk.open(options)
    let name = try await desk.environment(environment)
    let declared: Declared
    switch await desk.office.desk.declared(name, accepted: nil, maxAge: .seconds(5)) {
    case .declared(let found, _): declared = found
    case .refused(let problem): throw desk.report(problem)
    }
    var shapes: [ProbeShape] = []
    for target in declared.environment.targets {
      shapes += await probe(target, declared.environment, desk)
    }
    switch desk.format {
    case .json: sayJSON(shapes)
    case .text:
      var table = Table(["TARGET", "ASKED", "ANSWER"])
      for shape in shapes { table.add([shape.target, shape.asked, shape.answer]) }
      for line in table.lines { say(line) }
    }
    if shapes.contains(where: { !$0.known }) { throw ExitStatus.unmeasured }
  }

  private func probe(_ target: Target, _ environment: Environment, _ desk: Desk) async
    -> [ProbeShape]
  {
    let probe = desk.office.rooms.probe
    let identity = await probe.identify(target.service)
    var shapes = [ProbeShape(target, "version", identity.map { "version \($0)" })]
    var subject = version ?? environment.version
    if version == nil, case .known(.version(let served), at: _) = identity { subject = served }
    for gate in environment.gates where gate.isLive {
      let reading = await probe.measure(gate, of: target.service, version: subject)
      shapes.append(ProbeShape(target, gate.name.rawValue, reading.map(\.text)))
    }
    return shapes
  }
}

/// One answer as programs read it.
struct ProbeShape: Encodable {
  let schema = "release/probe/1"
  let target: String
  let asked: String
  let answer: String
  let known: Bool

  init(_ target: Target, _ asked: String, _ answer: Result<String, Unseen>) {
    self.target = target.name.rawValue
    self.asked = asked
    switch answer {
    case .success(let text): (self.answer, known) = (text, true)
    case .failure(let unseen): (self.answer, known) = (unseen.text, false)
    }
  }
}

/// Why an answer is not known.
struct Unseen: Error {
  let text: String
}

extension Seen {
  /// The fact in words, or why it is not known.
  fileprivate func map(_ words: (Fact) -> String) -> Result<String, Unseen> {
    switch self {
    case .known(let fact, at: _): .success(words(fact))
    case .unknown(let why, at: _): .failure(Unseen(text: why.text))
    }
  }
}

extension Reading {
  /// The reading in words.
  fileprivate var text: String {
    switch self {
    case .healthy: "healthy"
    case .unhealthy(let why): "unhealthy: \(why)"
    case .counters(let counters):
      "\(counters.good) good of \(counters.total)"
        + (counters.isLabelled ? " for this version" : " since the process began")
    case .gauge(let gauge): gauge.value.text(decimals: 6)
    }
  }
}
