package import ReleaseCore

/// A person's order to go back; windows, soak, approval and an unreachable git do not stop it.
package struct Rollback: Sendable {
  let office: Office

  /// Makes the use case.
  package init(_ office: Office) { self.office = office }

  /// What was ordered.
  package struct Order: Sendable {
    /// The version to go back to.
    package let version: VersionNumber
    /// Whether it is proven in the environment: a rollback to it proves nothing.
    package let isProven: Bool
    /// The hold that the order ended; nil when there was none.
    package let ended: Hold?
  }

  /// Orders the rollback and sees it through.
  ///
  /// - Parameters:
  ///   - name: The environment.
  ///   - version: The version to go back to; nil: the last one proven before the present one.
  ///   - reason: Why, in the person's words.
  ///   - patience: How long to see it through.
  ///   - tell: Is told of the order as soon as it is written down.
  /// - Returns: The order and how the pass ended.
  /// - Throws: When there is no such version, when it was rejected here, or when the order cannot be
  ///   written down.
  package func run(
    _ name: EnvironmentName,
    to version: VersionNumber?,
    reason: String,
    patience: Patience,
    tell: (Order) async -> Void = { _ in }
  ) async throws(ProblemRecord) -> (order: Order, outcome: PassOutcome) {
    let loop = office.loop(name)
    let history = try await history(of: loop)
    let target: VersionNumber
    do throws(ProblemRecord) {
      target = try self.target(version, history, name)
    } catch {
      // It may be in another journal.
      try await office.checkJournal()
      throw error
    }
    // The look that follows wants git too; meanwhile the registry is asked.
    await office.desk.begin(name, accepted: history.declared?.commit)
    let registered = try await look(at: target, history, loop, name)
    let before: History
    do throws(JournalProblem) {
      before = try await loop.order(
        { history in
          // It may have been rejected since we looked.
          guard history.rejection(of: registered, in: name) == nil else { return nil }
          return .rollbackOrdered(
            Pin(
              version: target,
              overriding: history.declared?.environment.version,
              by: office.rooms.actor,
              reason: reason
            )
          )
        },
        patience: Orders.patience,
        keepsClaim: true
      )
    } catch {
      throw ProblemRecord(error)
    }
    do throws(ProblemRecord) {
      try refuse(registered, try await self.history(of: loop), name)
    } catch {
      await loop.giveBack()
      throw error
    }
    let order = Order(
      version: target,
      isProven: isProven(registered, before, name),
      ended: before.hold
    )
    await tell(order)
    return (order, await loop.pass(patience))
  }

  /// Whether it is proven; a journal that knows nothing yet will recall it from the registry's tags.
  private func isProven(
    _ version: RegisteredVersion,
    _ history: History,
    _ name: EnvironmentName
  ) -> Bool {
    history.isProven(version.number, digest: version.digest)
      || (history.isBlank && VerdictTags.proof(on: version, in: name) != nil)
  }

  /// Finds the version in the registry; meanwhile the environment is claimed.
  private func look(
    at version: VersionNumber,
    _ history: History,
    _ loop: EnvironmentLoop,
    _ name: EnvironmentName
  ) async throws(ProblemRecord) -> RegisteredVersion {
    do throws(ProblemRecord) {
      // It is cancelled, and waited for, at the end of this block.
      async let _: Void = loop.claimAhead()
      let registered = try await find(version, history, loop, name)
      try refuse(registered, history, name)
      return registered
    } catch {
      await loop.giveBack()
      throw error
    }
  }

  private func history(of loop: EnvironmentLoop) async throws(ProblemRecord) -> History {
    do throws(JournalProblem) {
      return try await loop.currentHistory()
    } catch {
      throw ProblemRecord(error)
    }
  }

  private func target(
    _ version: VersionNumber?,
    _ history: History,
    _ name: EnvironmentName
  ) throws(ProblemRecord) -> VersionNumber {
    if let version = version ?? history.rollbackTarget { return version }
    throw ProblemRecord(
      what: "\(name) has no earlier proven version to go back to.",
      why: history.present.map {
        "No version was proven there before \($0), other than what was rejected or left since."
      } ?? (history.position == 0 ? "Its journal is empty." : "Nothing has been released there."),
      nextStep: "Name one: release rollback \(name) --to VERSION --reason \"…\".",
      handling: .stop,
      code: "release.nothing-proven"
    )
  }

  /// What failed here is not gone back to by mistake: health alone would let it in.
  private func refuse(_ version: RegisteredVersion, _ history: History, _ name: EnvironmentName)
    throws(ProblemRecord)
  {
    guard let rejection = history.rejection(of: version, in: name) else { return }
    throw ProblemRecord(
      what: "\(name) rejected version \(version.number).",
      why: "On \(rejection.at): \(rejection.evidence)",
      nextStep: "Go back to another version. If it must be this one, run `release retry \(name) "
        + "--version \(version.number) --reason \"…\"` first, then the rollback again.",
      handling: .stop,
      code: "release.rejected"
    )
  }

  /// A version that does not exist is refused at once, with those that do.
  private func find(
    _ version: VersionNumber,
    _ history: History,
    _ loop: EnvironmentLoop,
    _ name: EnvironmentName
  ) async throws(ProblemRecord) -> RegisteredVersion {
    let environment: Environment
    if let declared = history.declared {
      environment = declared.environment
    } else {
      switch await office.desk.declared(name, accepted: nil, maxAge: .seconds(5)) {
      case .declared(let declared, _): environment = declared.environment
      case .refused(let problem): throw ProblemRecord(problem)
      }
    }
    do throws(RegistryProblem) {
      return try await loop.find(version, in: environment)
    } catch {
      throw ProblemRecord(error)
    }
  }
}
