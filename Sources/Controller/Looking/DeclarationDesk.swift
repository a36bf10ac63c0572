package import ReleaseCore

/// One reading of the declarations, shared by all environments of this process.
///
/// A reading is used until it is older than the asker allows, so that five hundred environments
/// in one pass cost one look into git.
package actor DeclarationDesk {
  private let source: any DeclarationSource
  private let clock: any Clock
  private var accepted: [EnvironmentName: CommitID] = [:]
  private var last: (reading: Result<Declarations, DeclarationProblem>, at: Moment)?
  /// What had been accepted when the last reading began.
  private var acceptedThen: [EnvironmentName: CommitID] = [:]
  /// The names of all environments of a model, so that none has to be searched for among thousands.
  private var families: [ModelName: [EnvironmentName]] = [:]
  private var running: Task<Result<Declarations, DeclarationProblem>, Never>?

  /// Opens a desk over a source.
  package init(source: any DeclarationSource, clock: any Clock) {
    self.source = source
    self.clock = clock
  }

  /// The commits that were last acted on, so that a rewritten branch is noticed.
  package func remember(_ commits: [EnvironmentName: CommitID]) {
    accepted.merge(commits) { _, new in new }
  }

  /// Makes the next question read anew: something was written.
  package func forget() {
    last = nil
    running = nil
  }

  /// All declarations, at most this old.
  ///
  /// - Throws: When they cannot be read at all.
  package func all(maxAge: Duration) async throws(DeclarationProblem) -> Declarations {
    if let last, clock.now - last.at < maxAge { return try last.reading.get() }
    let task = start()
    let reading = await task.value
    if running == task {
      running = nil
      last = (reading, clock.now)
      families = (try? reading.get())?.families ?? [:]
    }
    return try reading.get()
  }

  /// Begins the reading for a question that comes at once; whoever asks then waits for it.
  package func begin(_ name: EnvironmentName, accepted commit: CommitID?) {
    if let commit { accepted[name] = commit }
    if last == nil { _ = start() }
  }

  private func start() -> Task<Result<Declarations, DeclarationProblem>, Never> {
    if let running { return running }
    let (source, accepted) = (source, accepted)
    acceptedThen = accepted
    let task = Task { () -> Result<Declarations, DeclarationProblem> in
      do throws(DeclarationProblem) {
        return .success(try await source.read(accepted: accepted))
      } catch {
        return .failure(error)
      }
    }
    running = task
    return task
  }

  /// Whether another controller accepted a commit after the last reading began: that reading may be
  /// older, and would take the newer declaration back.
  private func isOvertaken(
    _ found: CommitID?,
    by commit: CommitID,
    of name: EnvironmentName
  ) -> Bool {
    found != nil && found != commit && acceptedThen[name] != commit
  }

  /// What is declared for one environment, at most this old.
  package func declared(
    _ name: EnvironmentName,
    accepted commit: CommitID?,
    maxAge: Duration
  ) async -> DeskAnswer {
    if let commit { accepted[name] = commit }
    do throws(DeclarationProblem) {
      var all = try await all(maxAge: maxAge)
      if let commit, isOvertaken(all.environments[name]?.commit, by: commit, of: name) {
        forget()
        all = try await self.all(maxAge: maxAge)
      }
      if let problem = all.problems[name] { return .refused(problem) }
      guard var declared = all.environments[name] else {
        return .refused(
          .environmentMissing(name: name.rawValue, known: all.environments.keys.sorted())
        )
      }
      if declared.commit == commit { declared.lineage = .descends }
      let family = families[declared.environment.model] ?? []
      return .declared(
        declared,
        Surroundings(
          downstream: all.downstream(of: declared.environment, in: family),
          stale: all.stale
        )
      )
    } catch {
      return .refused(error)
    }
  }
}

/// What the desk says about one environment.
package enum DeskAnswer: Sendable {
  /// It is declared.
  case declared(Declared, Surroundings)
  /// It is not, or cannot be read.
  case refused(DeclarationProblem)
}

/// What the reading that an environment was declared in says besides.
package struct Surroundings: Sendable {
  /// The stages of environments downstream of it, of the same model.
  package var downstream: [String: EnvironmentName]
  /// Why the newest state of git could not be fetched; nil when it could.
  package var stale: DeclarationProblem?
}

extension Declarations {
  /// The names of the environments of each model.
  fileprivate var families: [ModelName: [EnvironmentName]] {
    var families: [ModelName: [EnvironmentName]] = [:]
    for (name, declared) in environments {
      families[declared.environment.model, default: []].append(name)
    }
    return families
  }

  /// The stages of environments downstream of one, found among those of the same model.
  fileprivate func downstream(of environment: Environment, in family: [EnvironmentName])
    -> [String: EnvironmentName]
  {
    var stages: [String: EnvironmentName] = [:]
    for name in family where name != environment.name {
      guard case .stage(let stage)? = environments[name]?.environment.slot,
        leads(from: environment.name, to: name)
      else { continue }
      stages[stage] = name
    }
    return stages
  }

  private func leads(from upstream: EnvironmentName, to name: EnvironmentName) -> Bool {
    var next = environments[name]?.environment.after
    for _ in environments {
      guard let current = next else { return false }
      if current == upstream { return true }
      next = environments[current]?.environment.after
    }
    return false
  }
}
