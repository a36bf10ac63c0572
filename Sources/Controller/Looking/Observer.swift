import ReleaseCore

/// Gathers one observation, all of its questions at once; it never decides.
struct Observer: Sendable {
  let rooms: Rooms
  let name: EnvironmentName

  /// Looks at what the next decision needs.
  ///
  /// - Parameters:
  ///   - history: What the journal says; it tells what is needed.
  ///   - memory: What earlier looks gathered; it grows.
  /// - Returns: What was seen, with the moment at which the look ended.
  func look(
    history: History,
    memory: inout LookMemory
  ) async -> Observation {
    memory.turn(to: history.subjectOfLooks)
    let needs = history.needs
    var observation = Observation(at: rooms.clock.now)
    guard let environment = history.declared?.environment else { return observation }
    async let registered = lookAtRegistry(history, needs, environment, memory)
    async let served = lookAtServices(needs, environment)
    async let platforms = lookAtPlatforms(needs, environment)
    async let upstream = lookUpstream(needs, environment)

    let look: RegistryLook?
    (observation, look) = await registered
    if let look { memory.take(look) }
    for answer in await served { memory.take(answer, at: rooms.clock.now) }
    let (preflight, deploys) = await platforms
    observation.preflight = preflight
    observation.deploys = deploys
    observation.upstream = await upstream.resolved(with: observation.candidate, needs, rooms.clock)
    observation.identities = memory.identities
    observation.evidence = memory.evidence
    observation.at = rooms.clock.now
    return observation
  }

  // MARK: The registry

  /// Asks the registry, or takes what it answered a moment ago.
  func survey(_ question: RegistryQuestion, _ history: History) async -> RegistryLook {
    let asked = rooms.clock.now
    let survey = await rooms.registry.survey(
      question.slot,
      of: question.model,
      versions: question.versions,
      withMetrics: question.withMetrics
    )
    return RegistryLook(
      question,
      survey,
      asked: asked,
      at: rooms.clock.now,
      isUndisturbed: history.openStep == nil
    )
  }

  /// What the registry answers to the question of the next look, so that it is known by then.
  func lookAhead(_ history: History) async -> RegistryLook? {
    let needs = history.needs
    guard needs.slot, let environment = history.declared?.environment else { return nil }
    return await survey(RegistryQuestion(environment, needs), history)
  }

  private func lookAtRegistry(
    _ history: History,
    _ needs: Needs,
    _ environment: Environment,
    _ memory: LookMemory
  ) async -> (Observation, RegistryLook?) {
    var observation = Observation(at: rooms.clock.now)
    guard needs.slot else { return (observation, nil) }
    let question = RegistryQuestion(environment, needs)
    async let remembered = remembered(needs, environment)
    let known = memory.registered(for: question, now: rooms.clock.now)
    let look: RegistryLook
    if let known { look = known } else { look = await survey(question, history) }
    observation.slot = look.contents
    observation.candidate = look.version(needs.candidate)
    observation.wayBack = look.version(needs.wayBack)
    observation.remembered = await remembered
    if needs.incumbent, needs.wayBack == nil, let held = look.contents.fact, held.count == 1,
      held.first != needs.candidate
    {
      let question = RegistryQuestion(environment, [held.first], withMetrics: needs.metrics)
      observation.wayBack = await survey(question, history).version(held.first)
    }
    return (observation, look)
  }

  private func remembered(_ needs: Needs, _ environment: Environment) async
    -> Seen<[RegisteredVersion]>?
  {
    guard needs.remembered else { return nil }
    do throws(RegistryProblem) {
      let versions = try await rooms.registry.versions(of: environment.model)
      return .known(versions, at: rooms.clock.now)
    } catch {
      return .unknown(error.blindness, at: rooms.clock.now)
    }
  }

  // MARK: The services

  private func lookAtServices(_ needs: Needs, _ environment: Environment) async
    -> [ServiceAnswer]
  {
    await withTaskGroup(of: ServiceAnswer.self) { group in
      for target in needs.identities {
        let gates = needs.gates[target.name] ?? []
        group.addTask {
          let answer = await rooms.probe.examine(
            target.service,
            for: gates,
            version: needs.version
          )
          return ServiceAnswer(target: target.name, answer: answer)
        }
      }
      var answers: [ServiceAnswer] = []
      for await answer in group { answers.append(answer) }
      return answers
    }
  }

  // MARK: The platforms

  private func lookAtPlatforms(_ needs: Needs, _ environment: Environment) async
    -> ([TargetName: Preflight], [TargetName: Seen<DeployProgress>])
  {
    var preflight: [TargetName: Preflight] = [:]
    var deploys: [TargetName: Seen<DeployProgress>] = [:]
    for target in environment.targets {
      if needs.preflight, let version = needs.candidate {
        preflight[target.name] = await ready(target, version, environment)
      }
      guard let receipt = needs.deploys[target.name], let version = needs.version else { continue }
      deploys[target.name] = await progress(of: receipt, target, version, environment)
    }
    return (preflight, deploys)
  }

  private func ready(_ target: Target, _ version: VersionNumber, _ environment: Environment) async
    -> Preflight
  {
    do throws(PlatformProblem) {
      try await rooms.platform(of: target)
        .preflight(environment.order(for: target, version: version))
      return .ready
    } catch {
      return .blocked(ProblemRecord(error))
    }
  }

  private func progress(
    of receipt: DeployReceipt,
    _ target: Target,
    _ version: VersionNumber,
    _ environment: Environment
  ) async -> Seen<DeployProgress> {
    do throws(PlatformProblem) {
      let order = environment.order(for: target, version: version)
      let progress = try await rooms.platform(of: target).progress(of: receipt, order: order)
      return .known(progress, at: rooms.clock.now)
    } catch {
      return .unknown(error.blindness, at: rooms.clock.now)
    }
  }

  // MARK: The environment upstream

  private func lookUpstream(_ needs: Needs, _ environment: Environment) async -> UpstreamLook {
    guard let upstream = needs.upstream, let version = needs.candidate else { return .notAsked }
    do throws(JournalProblem) {
      let entries = try await rooms.journal.facts(of: upstream, after: 0)
      let history = try History.replay(entries, of: upstream)
      if history.rejections.contains(where: { $0.version == version }) { return .rejected }
      guard let proof = history.proof(of: version) else { return .unknownToJournal(upstream) }
      return .proven(since: proof.at)
    } catch {
      return .blind(.unreadable("\(error.what) \(error.why)"))
    }
  }
}

/// What one target's service answered in one look.
struct ServiceAnswer: Sendable {
  let target: TargetName
  let answer: Examination
}

extension LookMemory {
  /// Takes all answers of a service into account.
  mutating func take(_ service: ServiceAnswer, at now: Moment) {
    take(service.answer.identity, of: service.target, at: now)
    for (gate, reading) in service.answer.readings { take(reading, for: gate, at: service.target) }
  }
}

/// What the journal of the environment upstream says; the registry's tags may know more.
enum UpstreamLook: Sendable {
  case notAsked
  case proven(since: Moment)
  case rejected
  case unknownToJournal(EnvironmentName)
  case blind(Blindness)

  func resolved(
    with candidate: Seen<RegisteredVersion>?,
    _ needs: Needs,
    _ clock: any Clock
  ) -> Seen<UpstreamStanding>? {
    let now = clock.now
    switch self {
    case .notAsked: return nil
    case .proven(let since): return .known(.proven(since: since), at: now)
    case .rejected: return .known(.rejected, at: now)
    case .blind(let why): return .unknown(why, at: now)
    case .unknownToJournal(let upstream):
      guard let version = candidate?.fact else {
        return .unknown(candidate?.blindness ?? .unreadable("Nothing was asked."), at: now)
      }
      if let proof = VerdictTags.proof(on: version, in: upstream) {
        return .known(.proven(since: proof.at), at: now)
      }
      if VerdictTags.rejection(on: version, in: upstream) != nil {
        return .known(.rejected, at: now)
      }
      return .known(.unproven, at: now)
    }
  }
}

extension Environment {
  /// What a platform is asked to do for a target.
  func order(for target: Target, version: VersionNumber) -> DeployOrder {
    DeployOrder(
      environment: name,
      target: target,
      model: model,
      version: version,
      slot: slot
    )
  }
}
