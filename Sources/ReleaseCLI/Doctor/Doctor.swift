import Declarations
import Gates
import ReleaseCore

/// Looks at everything that a release will need, all at once and in bounded time.
struct Doctor: Sendable {
  let wiring: Wiring
  let deadline: Deadline

  /// For how long it asks.
  ///
  /// Whoever is cancelled then may take a little longer to stop: git two seconds.
  private static let allowance = Duration.seconds(12)

  /// Begins now.
  init(_ wiring: Wiring) {
    self.wiring = wiring
    deadline = Deadline(moment: wiring.clock.now + Self.allowance, clock: wiring.clock)
  }

  /// What was read before the environments could be looked at.
  private struct Ground: Sendable {
    var environments: [Environment] = []
    var journal = JournalExamination.Finding()
    var declarations: [Diagnosis] = []
  }

  /// What the registry and the services said of each environment.
  private struct Answers: Sendable {
    var registry: [Diagnosis] = []
    var environments: [EnvironmentName: [Diagnosis]] = [:]
  }

  /// Looks at everything.
  func examine() async -> DoctorReport {
    async let program = late("git") { await GitExamination(wiring: wiring).program() }
    let source: GitDeclarations
    var report = DoctorReport()
    do throws(DeclarationProblem) {
      source = try wiring.hastySource()
    } catch {
      report.add("git", await program + [.problem(error)])
      return report
    }
    async let remote = late("the remote") { await GitExamination(wiring: wiring).remote(source) }
    async let ping = ping()
    let ground = await ground(source)
    async let services = services(ground)
    let registry = await registry(ground, await ping)
    report.add("git", await program + remote)
    report.add("environments", ground.declarations)
    report.add(
      "descriptors",
      await DescriptorExamination(environments: ground.environments, now: wiring.clock.now)
        .examine(wiring)
    )
    report.add("registry", registry.registry)
    report.add(
      "credentials",
      CredentialExamination(settings: wiring.settings).diagnoses(named: secrets(ground))
    )
    report.add("journal", ground.journal.diagnoses)
    report.add(
      "clock",
      ClockExamination(now: wiring.clock.now, lastEntry: ground.journal.lastEntry).diagnoses()
    )
    let answers = await services
    for environment in ground.environments {
      let name = environment.name
      report.add(name.rawValue, (registry.environments[name] ?? []) + (answers[name] ?? []))
    }
    return report
  }

  /// A line for what has not answered in time.
  private func late(
    _ subject: String,
    _ status: ExitStatus = .git,
    _ work: @escaping @Sendable () async -> [Diagnosis]
  ) async -> [Diagnosis] {
    await deadline.bound(late: [.unanswered(subject, within: Self.allowance, status)], work)
  }

  private func ground(_ source: GitDeclarations) async -> Ground {
    async let journal = deadline.bound(
      late: JournalExamination.Finding(
        diagnoses: [.unanswered("the journal", within: Self.allowance, .unusable)]
      )
    ) { await JournalExamination(wiring: wiring).examine() }
    async let reading: Result<ReleaseCore.Declarations, DeclarationProblem>? =
      deadline.bound(late: nil) {
        do throws(DeclarationProblem) {
          return .success(try await source.read(accepted: [:]))
        } catch {
          return .failure(error)
        }
      }
    var ground = Ground()
    if let reading = await reading {
      ground.declarations = GitExamination.declarations(reading)
      let declared = (try? reading.get())?.environments ?? [:]
      ground.environments = declared.sorted { $0.key < $1.key }.map(\.value.environment)
    } else {
      ground.declarations = [.unanswered("the repository", within: Self.allowance, .git)]
    }
    ground.journal = await journal
    return ground
  }

  /// What the registry said to a first question, which needs no other answer.
  private enum Ping: Sendable {
    case unusable(RegistryProblem)
    case late(RegistryExamination)
    case answered(RegistryExamination, Result<Diagnosis, RegistryProblem>)
  }

  private func ping() async -> Ping {
    let registry: any Registry
    do throws(RegistryProblem) {
      registry = try wiring.registry()
    } catch {
      return .unusable(error)
    }
    let examination = RegistryExamination(registry: registry)
    return await deadline.bound(late: .late(examination)) {
      .answered(examination, await examination.answers())
    }
  }

  private func registry(_ ground: Ground, _ ping: Ping) async -> Answers {
    switch ping {
    case .late(let examination):
      let place = examination.registry.place
      return Answers(registry: [.unanswered(place, within: Self.allowance, .registry)])
    case .unusable(let problem), .answered(_, .failure(let problem)):
      return Answers(registry: [.problem(problem)])
    case .answered(let examination, .success(let line)):
      let answers = await each(ground.environments) { environment in
        let history = ground.journal.histories[environment.name] ?? History()
        return await late("the registry", .registry) {
          await examination.examine(environment, history)
        }
      }
      return Answers(registry: [line], environments: answers)
    }
  }

  private func services(_ ground: Ground) async -> [EnvironmentName: [Diagnosis]] {
    let probe = HTTPProbe(transport: wiring.transport, clock: wiring.clock)
    let makers = wiring.makers
    return await each(ground.environments) { environment in
      let examination = ServiceExamination(
        environment: environment,
        history: ground.journal.histories[environment.name] ?? History(),
        probe: probe,
        makers: makers
      )
      let addresses = environment.targets.map(\.service.url).joined(separator: ", ")
      return await late("service \(addresses)", .unmeasured) { await examination.examine() }
    }
  }

  private func each(
    _ environments: [Environment],
    _ examine: @escaping @Sendable (Environment) async -> [Diagnosis]
  ) async -> [EnvironmentName: [Diagnosis]] {
    await withTaskGroup(of: (EnvironmentName, [Diagnosis]).self) { group in
      for environment in environments {
        group.addTask { (environment.name, await examine(environment)) }
      }
      var answers: [EnvironmentName: [Diagnosis]] = [:]
      for await (name, lines) in group { answers[name] = lines }
      return answers
    }
  }

  /// The variables with secrets that platforms are declared to read.
  private func secrets(_ ground: Ground) -> [String] {
    let settings = ground.environments.flatMap(\.targets)
      .compactMap { $0.platform.settings["secret-variable"]?.value }
    let names = settings.compactMap { value in
      if case .text(let name) = value { return name }
      return nil
    }
    return Set(names).sorted()
  }
}

extension Diagnosis {
  /// What did not answer in the doctor's time.
  fileprivate static func unanswered(
    _ subject: String,
    within allowance: Duration,
    _ status: ExitStatus
  ) -> Diagnosis {
    .problem(
      "\(subject) did not answer within \(allowance.text)",
      next: "Check the network and the address.",
      status
    )
  }
}
