package import HTTPWire
package import ReleaseCore

/// The registry of an MLflow server, 2.x or 3.x, over its REST API.
package struct MLflowRegistry: Registry {
  /// The server's address without credentials.
  package let place: String

  let client: MLflowClient
  let pauses: Pauses
  private let pageSize: Int

  /// Describes the way to a server; nothing is sent yet.
  ///
  /// `jitter` draws a number of milliseconds from a range, `clock` waits for as long: writers that
  /// met in one stage must not meet again.
  package init(
    address: String,
    credentials: MLflowCredentials = .none,
    workspace: String? = nil,
    transport: any Transport,
    clock: any ReleaseCore.Clock,
    jitter: @escaping @Sendable (ClosedRange<Int>) -> Int
  ) {
    self.init(
      client: MLflowClient(
        place: Redaction.url(address),
        requests: MLflowRequests(
          address: address,
          credentials: credentials,
          workspace: workspace
        ),
        transport: transport,
        clock: clock
      ),
      pauses: Pauses(clock: clock, jitter: jitter)
    )
  }

  /// One page holds the versions of almost every model, and one page is one snapshot.
  init(client: MLflowClient, pauses: Pauses, pageSize: Int = 1000) {
    place = client.place
    self.client = client
    self.pauses = pauses
    self.pageSize = pageSize
  }

  /// Reads one registered model: `/health` answers 200 even when the server's database is gone.
  package func ping() async throws(RegistryProblem) {
    _ = try await client.get(MLflowReply.Anything.self, .anyModel)
  }

  /// Which versions the slot holds, in ascending order.
  package func contents(of slot: Slot, model: ModelName) async throws(RegistryProblem)
    -> [VersionNumber]
  {
    switch try SlotRules.canonical(slot) {
    case .stage(let stage): try await holders(of: stage, model).map(\.number)
    case .alias(let alias): try await holder(ofAlias: alias, model).map { [$0] } ?? []
    }
  }

  /// One version, and if they are asked for the metrics of its training run.
  package func version(_ number: VersionNumber, of model: ModelName, withMetrics: Bool)
    async throws(RegistryProblem) -> RegisteredVersion
  {
    switch try await client.ask(MLflowReply.OneVersion.self, .version(number, model)) {
    case .reply(let reply):
      var version = reply.modelVersion.registered
      if withMetrics { try await measure(&version, run: reply.modelVersion.run) }
      return version
    case .refusal(let refusal):
      throw try await missing(number, model, refusal)
    }
  }

  /// What a slot holds and what some versions are; where the slot is a stage, one search tells both.
  package func survey(
    _ slot: Slot,
    of model: ModelName,
    versions numbers: Set<VersionNumber>,
    withMetrics: Bool
  ) async -> Survey {
    guard !withMetrics, case .stage(let stage)? = try? SlotRules.canonical(slot) else {
      return await surveyOneByOne(slot, of: model, versions: numbers, withMetrics: withMetrics)
    }
    do throws(RegistryProblem) {
      let all = try await all(of: model)
      let versions = numbers.map { number in
        let version = all.first { $0.version.number == number }?.registered
        let missing = RegistryProblem.versionMissing(
          model: model,
          version: number,
          listed: all.map(\.version.number)
        )
        return (number, version.map { .success($0) } ?? .failure(missing))
          as (VersionNumber, Result<RegisteredVersion, RegistryProblem>)
      }
      return Survey(
        contents: .success(all.filter { $0.isIn(stage) }.map(\.version.number)),
        versions: Dictionary(uniqueKeysWithValues: versions)
      )
    } catch {
      return Survey(
        contents: .failure(error),
        versions: Dictionary(uniqueKeysWithValues: numbers.map { ($0, .failure(error)) })
      )
    }
  }

  /// All versions in ascending order.
  ///
  /// MLflow's search leaves out the aliases, which the model tells; who may not ask that has them left
  /// out.
  package func versions(of model: ModelName) async throws(RegistryProblem) -> [RegisteredVersion] {
    let found = try await all(of: model)
    let aliases = try? await client.get(MLflowReply.OneModel.self, .model(model)).aliases
    return found.map { version in
      var registered = version.registered
      registered.aliases = aliases?[registered.number] ?? registered.aliases
      return registered
    }
  }

  /// Sets tags one by one, where they differ, for writes are slow; a failure may leave the first of
  /// them set.
  package func tag(_ version: VersionNumber, of model: ModelName, with tags: [String: String])
    async throws(RegistryProblem)
  {
    let known: [String: String]
    switch try await client.ask(MLflowReply.OneVersion.self, .version(version, model)) {
    case .reply(let reply): known = reply.modelVersion.registered.tags
    case .refusal(let refusal): throw try await missing(version, model, refusal)
    }
    for (name, value) in tags.sorted(by: { $0.key < $1.key }) where known[name] != value {
      try await write(.setTag(version, model, name: name, value: value), version, model)
    }
  }

  /// Removes tags one by one; a failure may leave the last of them there.
  package func untag(_ version: VersionNumber, of model: ModelName, names: [String])
    async throws(RegistryProblem)
  {
    for name in names {
      try await write(.deleteTag(version, model, name: name), version, model)
    }
  }

  // MARK: For pointing

  /// The versions in a stage in ascending order.
  func holders(of stage: String, _ model: ModelName) async throws(RegistryProblem) -> [StageHolder]
  {
    try await all(of: model).filter { $0.isIn(stage) }.map {
      StageHolder(number: $0.version.number, changedAt: $0.lastUpdatedTimestamp?.value ?? 0)
    }
  }

  /// The version that an alias names; nil when there is no such alias.
  func holder(ofAlias alias: String, _ model: ModelName) async throws(RegistryProblem)
    -> VersionNumber?
  {
    switch try await client.ask(MLflowReply.OneVersion.self, .aliased(alias, model)) {
    case .reply(let reply):
      return reply.modelVersion.version.number
    case .refusal(let refusal):
      guard refusal.isAliasMissing else { throw refusal.problem(registry: place) }
      // MLflow 2 answers the same for a model that does not exist.
      try await requireModel(model)
      return nil
    }
  }

  /// Makes a write about one version, naming what is missing when it is refused for that.
  func write(_ call: MLflowCall, _ version: VersionNumber, _ model: ModelName)
    async throws(RegistryProblem)
  {
    if case .refusal(let refusal) = try await client.ask(MLflowReply.Anything.self, call) {
      throw try await missing(version, model, refusal)
    }
  }

  /// The problem behind a refusal of a call about one version.
  func missing(_ number: VersionNumber, _ model: ModelName, _ refusal: MLflowRefusal)
    async throws(RegistryProblem) -> RegistryProblem
  {
    guard refusal.isMissing else { return refusal.problem(registry: place) }
    let listed = try await all(of: model).map(\.version.number)
    return .versionMissing(model: model, version: number, listed: listed)
  }

  // MARK: Reading

  /// A run that is gone or closed to us spoils its metrics only: the version can be released where
  /// no gate asks for them.
  private func measure(_ version: inout RegisteredVersion, run: String?)
    async throws(RegistryProblem)
  {
    guard let run else {
      version.metricsCaveat = "It was registered without a training run."
      return
    }
    switch try await client.ask(MLflowReply.OneRun.self, .run(run)) {
    case .reply(let reply):
      reply.run.describe(&version)
    case .refusal(let refusal):
      guard refusal.isMissing || refusal.status == 403 else {
        throw refusal.problem(registry: place)
      }
      version.metricsCaveat = "Its training run \(run) cannot be read: \(refusal.message)"
    }
  }

  /// All versions in ascending order.
  private func all(of model: ModelName) async throws(RegistryProblem) -> [MLflowVersion] {
    var found: [VersionNumber: MLflowVersion] = [:]
    var page: String?
    repeat {
      let call = MLflowCall.versions(model, page: page, size: pageSize)
      let reply = try await client.get(MLflowReply.VersionPage.self, call)
      let known = found.count
      // Some databases compare names without case.
      for version in reply.modelVersions ?? [] where version.name == model.rawValue {
        found[version.version.number] = version
      }
      let next = reply.nextPageToken.flatMap { $0.isEmpty ? nil : $0 }
      guard next == nil || found.count > known else {
        throw .unintelligible(
          registry: place,
          why: "\(call.label) names a next page again and again, with nothing new on it.",
          nextStep: MLflowWords.addressStep
        )
      }
      page = next
    } while page != nil
    if found.isEmpty { try await requireModel(model) }
    return found.values.sorted { $0.version.number < $1.version.number }
  }

  /// Throws `modelMissing` unless there is such a model.
  private func requireModel(_ model: ModelName) async throws(RegistryProblem) {
    let answer = try await client.ask(MLflowReply.Anything.self, .model(model))
    guard case .refusal(let refusal) = answer else { return }
    if refusal.isMissing { throw .modelMissing(model: model, registry: place) }
    throw refusal.problem(registry: place)
  }
}
