package import ReleaseCore

/// Looks, decides, records and acts for one environment, one thing at a time.
///
/// The journal is claimed only when something is to be written, so an environment at rest costs
/// reads alone. Whatever is lost with the process is found again by replay and a fresh look.
package actor EnvironmentLoop {
  let name: EnvironmentName
  let rooms: Rooms
  private let desk: DeclarationDesk
  let witness: any Witness
  let observer: Observer
  private let executor: Executor

  var history: History
  var memory = LookMemory()
  var held: HeldClaim?
  var written: [StoredEntry] = []
  private var declarationProblem: DeclarationProblem?
  var lastLook: Observation?
  private var outageSince: Moment?
  private var blindLooks = 0
  private var lookBegan = Moment(milliseconds: 0)
  /// Whether something was done on a way back that the journal was not told of yet.
  var owesJournal = false
  /// When a step ended that those who only see what was published may still take for open.
  var steppedAt: Moment?

  /// How old a reading of the declarations may be while a release goes on.
  private static let declarationAge = Duration.seconds(5)
  /// How often in one pass another controller may be first before the pass ends.
  private static let lossesMax = 3

  /// Makes a loop for an environment, which goes on from what was replayed of its journal already.
  package init(
    name: EnvironmentName,
    rooms: Rooms,
    desk: DeclarationDesk,
    witness: any Witness = NoWitness(),
    history: History = History()
  ) {
    self.name = name
    self.history = history
    self.rooms = rooms
    self.desk = desk
    self.witness = witness
    observer = Observer(rooms: rooms, name: name)
    executor = Executor(rooms: rooms, desk: desk)
  }

  /// Goes on until there is nothing left to do, or the caller's patience ends.
  package func pass(_ patience: Patience) async -> PassOutcome {
    written = []
    outageSince = nil
    blindLooks = 0
    let end = await run(patience)
    let outcome = PassOutcome(
      name: name,
      end: end,
      history: history,
      written: written,
      declarationProblem: declarationProblem,
      lastLook: lastLook
    )
    await giveBack()
    return outcome
  }

  /// What would be decided now; nothing is written and nothing is touched.
  ///
  /// An environment that was never met is looked at as if its declaration had just been accepted.
  package func inspect() async throws(JournalProblem) -> Inspection {
    try await catchUp()
    var situation = await look()
    if history.declared == nil, case .conclude(let event, _) = decide(situation),
      event.isBookkeeping
    {
      let kept = history
      try? history.take(event, at: rooms.clock.now)
      situation = await look()
      history = kept
    }
    return Inspection(
      situation: situation,
      decision: decide(situation),
      declarationProblem: declarationProblem
    )
  }

  /// What would follow if git declared another version; nothing is written or touched.
  ///
  /// Bookkeeping is carried out on a copy until the first decision that would touch the world,
  /// open a release, or do nothing.
  ///
  /// - Parameters:
  ///   - version: The version that git would declare.
  ///   - isPromoted: Whether somebody promotes it, which ends a rollback that stands over it.
  /// - Returns: What would be decided.
  /// - Throws: When the journal cannot be read.
  package func foresee(_ version: VersionNumber, isPromoted: Bool) async throws(JournalProblem)
    -> Inspection
  {
    try await catchUp()
    let (kept, keptMemory) = (history, memory)
    if isPromoted, let event = history.endOfOrder(over: version, by: rooms.actor) {
      try? history.take(event, at: rooms.clock.now)
    }
    var situation = await look()
    var steps = 0
    while steps < 8 {
      steps += 1
      situation.declare(version)
      let decision = decide(situation)
      guard case .conclude(let event, _) = decision, event.isBookkeeping,
        (try? history.take(event, at: rooms.clock.now)) != nil
      else { break }
      situation.history = history
      // A registry that did not answer is not waited for a second time.
      if case .unknown = situation.observation.slot { break }
      situation = await look()
    }
    situation.declare(version)
    (history, memory) = (kept, keptMemory)
    return Inspection(
      situation: situation,
      decision: decide(situation),
      declarationProblem: declarationProblem
    )
  }

  /// What the journal says now.
  package func currentHistory() async throws(JournalProblem) -> History {
    try await catchUp()
    return history
  }

  // MARK: One pass

  /// Goes on in spite of what passes by itself: a journal out of reach, another who was first.
  private func run(_ patience: Patience) async -> PassEnd {
    var losses = 0
    while true {
      do throws(JournalProblem) {
        let end = try await goOn(patience)
        try await settle()
        return end
      } catch {
        switch error {
        case .claimed: return .claimed(error)
        case .unreachable:
          if let end = await wait(rooms.clock.now, error.outage, patience) { return end }
        case .positionTaken, .claimLost:
          losses += 1
          guard losses < Self.lossesMax else { return .journal(error) }
          forget()
        case .unusable, .refused, .divided, .unreadable, .tampered, .illegal:
          return .journal(error)
        }
      }
    }
  }

  private func goOn(_ patience: Patience) async throws(JournalProblem) -> PassEnd {
    try await catchUp()
    while true {
      if Task.isCancelled { return .cancelled }
      var situation = await look()
      while try await conclude(&situation, patience) {}
      if let end = try await follow(situation, patience) { return end }
    }
  }

  /// Looks at everything at once: git, registry, platforms and services do not wait for each other.
  private func look() async -> Situation {
    lookBegan = rooms.clock.now
    let (desk, name, commit) = (desk, name, history.declared?.commit)
    async let answer = desk.declared(name, accepted: commit, maxAge: Self.declarationAge)
    var memory = memory
    var observation = await observer.look(history: history, memory: &memory)
    self.memory = memory
    switch await answer {
    case .declared(let found, let surroundings):
      observation.declared = .known(found, at: rooms.clock.now)
      observation.downstream = surroundings.downstream
      declarationProblem = surroundings.stale
    case .refused(let problem):
      observation.declared = .unknown(problem.blindness, at: rooms.clock.now)
      declarationProblem = problem
    }
    observation.departure = await observer.departure(
      of: history.versionGone(from: observation.slot),
      to: observation.downstream
    )
    observation.at = rooms.clock.now
    lastLook = observation
    return Situation(name: name, history: history, observation: observation)
  }

  /// Writes down a conclusion; true when the next one may follow from the same look.
  ///
  /// So a failed gate leads to the slot being switched back without another look in between.
  private func conclude(_ situation: inout Situation, _ patience: Patience)
    async throws(JournalProblem) -> Bool
  {
    guard case .conclude(let event, let reason) = decide(situation) else { return false }
    guard try await hold(patience) else {
      situation = await look()
      return true
    }
    let before = history
    // A person is told of a hold at once, so it must not turn out that another one came first.
    var isHold = false
    if case .held = event { isHold = true }
    try await append([entry(event, reason)], durably: isHold ? true : nil)
    outageSince = nil
    situation.history = history
    if history.needs.metrics, !before.needs.metrics {
      situation = await look()
      return true
    }
    switch decide(situation) {
    case .conclude, .act: return true
    case .rest where history.asksTheSame(as: before): return true
    case .wait, .rest:
      situation = await look()
      return true
    }
  }

  /// Carries out a decision; answers with the end of the pass when it was the last.
  private func follow(_ situation: Situation, _ patience: Patience) async throws(JournalProblem)
    -> PassEnd?
  {
    switch decide(situation) {
    case .conclude: return nil
    case .act(let step, let key, let reason):
      guard try await hold(patience) else { return nil }
      let result = try await carryOut(step, key, reason)
      if result == nil, let end = endOfFailing(patience) { return end }
      guard let next = situationAtOnce(after: step, result, situation) else { return nil }
      return try await follow(next, patience)
    case .wait(let until, let reason):
      guard let open = untried(reason) else { return await wait(until, reason, patience) }
      guard try await hold(patience) else { return nil }
      _ = try await carryOut(open.step, open.key, reason)
      return nil
    case .rest(let reason):
      guard reason.isOutage, patience.outage != nil else { return .rested(because: reason) }
      return await wait(rooms.clock.now, reason, patience)
    }
  }

  /// The situation after a step, when the step that follows from it needs no other look; else nil.
  ///
  /// Pointing a slot reads it back, which is a look; and what is owed needs none.
  private func situationAtOnce(after step: Step, _ result: StepResult?, _ before: Situation)
    -> Situation?
  {
    guard let result, !Task.isCancelled else { return nil }
    var situation = before
    situation.history = history
    situation.observation.at = rooms.clock.now
    if case .point(let version, expecting: _) = step, result == .pointed {
      situation.observation.slot = .known([version], at: rooms.clock.now)
      if let environment = history.declared?.environment {
        memory.take(RegistryLook(pointed: version, in: environment, at: rooms.clock.now))
      }
    }
    guard case .act(let next, key: _, because: _) = decide(situation) else { return nil }
    switch (result, next) {
    case (.pointed, .deploy) where history.openRelease != nil: break
    case (.tagged, .tag), (.tagged, .untag), (.tagged, .writeBack): break
    case (.pointed, _), (.tagged, _), (.slotMoved, _), (.deployed, _), (.wroteBack, _),
      (.writeBackObsolete, _):
      return nil
    }
    lastLook = situation.observation
    return situation
  }

  /// Carries out a step and writes down what came of it; nil when it failed.
  private func carryOut(_ step: Step, _ key: StepKey, _ reason: Reason)
    async throws(JournalProblem) -> StepResult?
  {
    guard let environment = history.declared?.environment else { return nil }
    await prepareWriteBack()
    async let ahead = lookAhead(beside: step)
    if history.openStep?.key != key {
      try await begin(entry(.stepBegun(key: key, step: step), reason))
    } else {
      try await beginAgain()
    }
    let event: ReleaseEvent
    var result: StepResult?
    async let _ = keepClaim()
    let registryLook = memory.registered
    if case .point = step { memory.take(nil) }
    do throws(ProblemRecord) {
      let done = try await executor.carryOut(
        step,
        key: key,
        in: environment,
        isGoingBack: history.isGoingBack,
        look: registryLook
      )
      event = .stepDone(key: key, result: done)
      result = done
      outageSince = nil
    } catch {
      event = .stepFailed(key: key, problem: error)
    }
    try await append([Entry(at: rooms.clock.now, actor: rooms.actor, event: event)])
    steppedAt = rooms.clock.now
    if let look = await ahead { memory.take(look) }
    return result
  }

  /// The end of the pass when steps go on failing for longer than the caller has patience.
  ///
  /// Attempts that take long are waits in themselves: the next one is due when the last has failed.
  private func endOfFailing(_ patience: Patience) -> PassEnd? {
    guard let since = outageSince, let outage = patience.outage else {
      outageSince = lookBegan
      return nil
    }
    guard rooms.clock.now - since >= outage else { return nil }
    if let open = history.openStep, let problem = open.problem {
      return .gaveUp(because: .backingOff(problem, failures: open.failures))
    }
    return history.debts.compactMap(\.problem).first.map { .rested(because: .owes($0)) }
  }

  /// For how long a pass tries to tell the journal of a way back that was done without it.
  private static let owingPatience = Duration.seconds(600)

  /// The caller's patience, unless what was done would be forgotten.
  private func bound(_ outage: Duration?) -> Duration? {
    outage.map { owesJournal ? max($0, Self.owingPatience) : $0 }
  }

  /// Waits, unless the caller's time or patience is over.
  private func wait(_ until: Moment, _ reason: Reason, _ patience: Patience) async -> PassEnd? {
    let now = rooms.clock.now
    if let deadline = patience.deadline, now >= deadline { return .timedOut(because: reason) }
    var wake = until
    if reason.isOutage {
      let since = outageSince ?? lookBegan
      outageSince = since
      if let appointment = appointment(reason, since: since) {
        wake = appointment
      } else {
        if let outage = bound(patience.outage), now - since >= outage {
          return .gaveUp(because: reason)
        }
        blindLooks += 1
        wake = now + Cadence.backoff(failures: blindLooks, cap: .seconds(30))
      }
    } else {
      outageSince = nil
      blindLooks = 0
    }
    if let deadline = patience.deadline { wake = min(wake, deadline) }
    await witness.waits(name, because: reason, until: wake)
    // Between answers in a row nobody could come in, and to give a claim back costs a write to disk.
    if wake - now > Cadence.pauseInARow { await letOthersIn(at: now) }
    async let _ = keepClaim()
    do throws(CancellationError) {
      try await rooms.clock.wait(until: wake)
    } catch {
      return .cancelled
    }
    return nil
  }

  private func entry(_ event: ReleaseEvent, _ reason: Reason) -> Entry {
    Entry(
      at: rooms.clock.now,
      actor: "controller",
      event: event,
      because: reason,
      saw: lastLook
    )
  }
}
