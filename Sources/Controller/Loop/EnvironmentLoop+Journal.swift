import ReleaseCore

// What the loop reads from the journal and writes to it, and whose turn it is.
extension EnvironmentLoop {
  func catchUp() async throws(JournalProblem) {
    let entries = try await rooms.journal.facts(of: name, after: history.position)
    // Another controller wrote, and may have moved the slot.
    if !entries.isEmpty { memory.take(nil) }
    // After a loss the journal alone says what was written.
    if history.position == 0 {
      let digests = Set(entries.map(\.digest))
      written.removeAll { !digests.contains($0.digest) }
    }
    try history.replay(entries, of: name)
  }

  /// Forgets what may never have been stored because another controller was first.
  func forget() {
    held = nil
    history = History()
  }

  /// Makes sure that the journal is ours to write; false when it has grown meanwhile and the
  /// decision must be made again.
  func hold(_ patience: Patience) async throws(JournalProblem) -> Bool {
    if let held {
      guard held.isDue(at: rooms.clock.now) else { return true }
      do throws(JournalProblem) {
        try await renew(held.claim)
      } catch {
        guard mayGoBack(without: error, under: held.claim) else { throw error }
      }
      return true
    }
    let position = history.position
    try await takeClaim(patience.claim)
    return history.position == position
  }

  /// Claims the environment, and waits for another controller that has it.
  ///
  /// An order needs not wait for one that only waits itself.
  func takeClaim(_ patience: Duration, isOrder: Bool = false) async throws(JournalProblem) {
    let deadline = rooms.clock.now + patience
    while held == nil {
      do throws(JournalProblem) {
        let now = rooms.clock.now
        let claim = try await rooms.journal.claim(.environment(name), as: rooms.actor, at: now)
        held = HeldClaim(claim, at: rooms.clock.now)
      } catch {
        guard case .claimed = error else { throw error }
        if isOrder, try await overtake() { continue }
        guard rooms.clock.now < deadline else { throw error }
        do throws(CancellationError) {
          try await rooms.clock.wait(until: rooms.clock.now + .milliseconds(200))
        } catch {
          throw .claimLost(scope: "environment \(name)")
        }
      }
    }
    try await catchUp()
  }

  /// Takes the claim of a controller that is in the middle of nothing; false when it is not so.
  private func overtake() async throws(JournalProblem) -> Bool {
    try await catchUp()
    // A step that failed is tried again only after a look at who holds the claim.
    guard history.openStep.map({ $0.problem != nil }) ?? true else { return false }
    do throws(JournalProblem) {
      let now = rooms.clock.now
      let claim = try await rooms.journal.overtake(
        .environment(name),
        as: rooms.actor,
        at: now,
        after: history.position
      )
      held = HeldClaim(claim, at: rooms.clock.now)
      return true
    } catch {
      guard case .claimed = error else { throw error }
      return false
    }
  }

  /// How soon after a step others are told that it is over, while nothing else tells them.
  private static let publishAfter = Duration.seconds(8)

  /// While nothing is done a person's order may come in.
  ///
  /// A claim that ends with time is dear to give back. It may be overtaken, once others can see that
  /// no step is open.
  func letOthersIn(at now: Moment) async {
    guard let held else { return }
    guard held.claim.endsAt != nil else { return await giveBack() }
    guard let steppedAt, now - steppedAt >= Self.publishAfter else { return }
    do throws(JournalProblem) {
      try await rooms.journal.publish(held.claim)
      self.steppedAt = nil
    } catch {
      // The next write meets the same problem, and tells.
    }
  }

  /// Keeps a claim that ends with time alive until it is cancelled: while a step or a wait lasts.
  func keepClaim() async {
    while let held, let due = held.renewAt {
      do throws(CancellationError) {
        try await rooms.clock.wait(until: due)
      } catch {
        return
      }
      do throws(JournalProblem) {
        try await renew(held.claim)
      } catch {
        // The next write meets the same problem, and tells.
        self.held?.postpone(at: rooms.clock.now)
      }
    }
  }

  private func renew(_ claim: Claim) async throws(JournalProblem) {
    let renewed = try await rooms.journal.renew(claim, at: rooms.clock.now)
    held = HeldClaim(renewed, at: rooms.clock.now)
  }

  /// Makes all that was written survive a crash, and gives the claim back.
  func settle() async throws(JournalProblem) {
    guard let held else { return }
    try await rooms.journal.settle(held.claim)
    owesJournal = false
    self.held = nil
  }

  /// Gives the claim back as far as that can be done now.
  func giveBack() async {
    guard let held else { return }
    await rooms.journal.yield(held.claim)
    if held.claim.endsAt == nil { self.held = nil } else { forget() }
  }

  /// Writes down that a step begins, so that it survives.
  ///
  /// A way back does not wait for a journal that is out of reach: its claim keeps others away, and
  /// what is done is written down there as soon as that is possible.
  func begin(_ entry: Entry) async throws(JournalProblem) {
    guard let held else { throw .claimLost(scope: "environment \(name)") }
    do throws(JournalProblem) {
      try await append([entry])
    } catch {
      guard mayGoBack(without: error, under: held.claim) else { throw error }
      try await append([entry], durably: false)
      owesJournal = true
    }
  }

  /// Makes sure before a step is tried again that nobody's order came in while it waited.
  func beginAgain() async throws(JournalProblem) {
    guard let held, held.claim.endsAt != nil else { return }
    do throws(JournalProblem) {
      try await renew(held.claim)
    } catch {
      guard mayGoBack(without: error, under: held.claim) else { throw error }
    }
  }

  /// Whether the way back goes on although the journal cannot be written: it is out of reach, and
  /// until the claim ends nobody else takes over.
  private func mayGoBack(without problem: JournalProblem, under claim: Claim) -> Bool {
    guard case .unreachable = problem, history.isGoingBack, let end = claim.endsAt else {
      return false
    }
    return rooms.clock.now < end
  }

  /// Appends entries under our claim.
  ///
  /// - Parameters:
  ///   - entries: What is written.
  ///   - durably: Whether they must survive; nil: as far as what they say demands it.
  /// - Throws: `claimLost` and `positionTaken` when somebody else wrote; `illegal` when they cannot
  ///   follow.
  func append(_ entries: [Entry], durably: Bool? = nil) async throws(JournalProblem) {
    guard let held else { throw .claimLost(scope: "environment \(name)") }
    var next = history
    for entry in entries {
      do throws(IllegalEvent) {
        try next.take(entry.event, at: entry.at)
      } catch {
        throw .illegal(
          environment: name,
          position: history.position + 1,
          why: error.description
        )
      }
    }
    let isDurable = durably ?? entries.contains { $0.event.isIntention }
    let stored = try await rooms.journal.append(
      entries,
      to: name,
      expecting: history.position,
      under: held.claim,
      durably: isDurable
    )
    if isDurable { (steppedAt, owesJournal) = (nil, false) }
    history = next
    written += stored
    for entry in stored { await witness.wrote(entry, in: name) }
  }
}
