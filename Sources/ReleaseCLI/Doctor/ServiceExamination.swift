import Gates
import ReleaseCore

/// Looks at one environment's services and platforms.
struct ServiceExamination: Sendable {
  let environment: Environment
  let history: History
  let probe: any Probe
  let makers: [any PlatformMaker]

  /// How the environment is, and what its platforms and services answer.
  func examine() async -> [Diagnosis] {
    let answers = await withTaskGroup(of: (Int, [Diagnosis]).self) { group in
      for (index, target) in environment.targets.enumerated() {
        group.addTask { (index, await examine(target)) }
      }
      var answers: [(Int, [Diagnosis])] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.0 < $1.0 }
    }
    return hold + answers.flatMap(\.1)
  }

  private var hold: [Diagnosis] {
    guard case .held(let hold) = history.state else { return [] }
    return [
      .warning(
        "it is held: \(hold.reason.text)",
        next: hold.reason.nextStep(environment.name, hold.version)
      )
    ]
  }

  private func examine(_ target: Target) async -> [Diagnosis] {
    async let platform = platform(of: target)
    async let service = service(of: target)
    return await platform + service
  }

  private func label(_ target: Target, _ word: String) -> String {
    target.name == Target.onlyName ? word : "\(target.name): \(word)"
  }

  // MARK: The platform

  private func platform(of target: Target) async -> [Diagnosis] {
    let kind = target.platform.kind
    let order = DeployOrder(
      environment: environment.name,
      target: target,
      model: environment.model,
      version: environment.version,
      slot: environment.slot
    )
    guard let maker = makers.first(where: { $0.kind == kind }) else {
      return [
        .problem(
          PlatformProblem.misconfigured(
            platform: kind,
            why: "There is no such platform.",
            place: target.platform.place
          )
        )
      ]
    }
    do throws(PlatformProblem) {
      let platform = try maker.make(target.platform)
      try await platform.preflight(order)
      return [.fine(label(target, "platform \(kind) is ready"))]
        + (await cautions(platform, order))
    } catch {
      return [.problem(error, about: label(target, "platform \(kind)"))]
    }
  }

  private func cautions(_ platform: any Platform, _ order: DeployOrder) async -> [Diagnosis] {
    let subject = label(order.target, "platform \(platform.kind)")
    do throws(PlatformProblem) {
      return try await platform.cautions(order).map { caution in
        .warning("\(subject): \(caution.text)", next: caution.nextStep)
      }
    } catch {
      return [
        .note("\(subject) was not asked what may undo a release: \(error.what) \(error.why)")
      ]
    }
  }

  // MARK: The service

  private func service(of target: Target) async -> [Diagnosis] {
    switch await probe.identify(target.service) {
    case .unknown(let why, at: _): return [unseen(target, why)]
    case .known(let served, at: _):
      return await [named(served, target)] + readings(of: target, served)
    }
  }

  private func unseen(_ target: Target, _ why: Blindness) -> Diagnosis {
    let service = label(target, "service \(target.service.url)")
    let text = "\(service): \(why.text)"
    let isStartedByRelease = ["process", "command"].contains(target.platform.kind)
    if why.isDown, isStartedByRelease, history.standing == nil {
      return .warning(text, next: "No action: the first release starts it.")
    }
    let report = target.service.reportsVersion
    return .problem(
      text,
      next:
        "See that GET \(target.service.url)\(report.path) answers JSON with \"\(report.field)\".",
      .unmeasured
    )
  }

  private func named(_ served: ServedVersion, _ target: Target) -> Diagnosis {
    let service = label(target, "service \(target.service.url)")
    switch served {
    case .version(environment.version):
      return .fine("\(service) serves \(environment.version), as declared")
    case .version(let other) where other == history.order(over: environment.version)?.version:
      return .fine("\(service) serves \(other), as the rollback wants it that stands")
    case .version(let other):
      return .warning(
        "\(service) serves \(other), not \(environment.version)",
        next: "`release plan \(environment.name)` shows what a reconcile would do about it."
      )
    case .other(let text):
      return .problem(
        "\(service) says it serves \"\(text)\", which is no version of the registry",
        next: "Let \"\(target.service.reportsVersion.field)\" be the registered version's number.",
        .unmeasured
      )
    }
  }

  private func readings(of target: Target, _ served: ServedVersion) async -> [Diagnosis] {
    var version = environment.version
    if case .version(let number) = served { version = number }
    let subject = version
    return await withTaskGroup(of: (Int, Diagnosis).self) { group in
      for (index, gate) in environment.gates.enumerated() where gate.isLive {
        group.addTask { (index, await reading(of: gate, target, subject)) }
      }
      var answers: [(Int, Diagnosis)] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func reading(of gate: Gate, _ target: Target, _ version: VersionNumber) async
    -> Diagnosis
  {
    let name = label(target, "gate \(gate.name)")
    switch await probe.measure(gate, of: target.service, version: version) {
    case .known(.healthy, at: _): return .fine("\(name): healthy")
    case .known(.unhealthy(let why), at: _):
      return .warning(
        "\(name): unhealthy: \(why)",
        next: "See what \(target.service.url)\(gate.path) says, or correct `expect:`."
      )
    case .known(.counters(let counters), at: _):
      return .fine("\(name): \(counters.good) good of \(counters.total) so far")
    case .known(.gauge(let gauge), at: _):
      return .fine("\(name): \(gauge.value.text(decimals: 6))")
    case .unknown(let why, at: _):
      return .problem(
        "\(name): \(why.text)",
        next:
          "See that GET \(target.service.url)\(gate.path) has what the gate names, or take it out.",
        .unmeasured
      )
    }
  }
}

extension Gate {
  /// The path that is asked; empty for what is not asked at the service.
  fileprivate var path: String {
    switch kind {
    case .offline: ""
    case .health(let gate): gate.path
    case .counted(let gate): gate.path
    case .gauge(let gate): gate.path
    }
  }
}
