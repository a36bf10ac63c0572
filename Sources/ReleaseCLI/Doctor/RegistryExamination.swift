import ReleaseCore

/// Looks at the registry: whether it answers, and whether it has what is declared.
struct RegistryExamination: Sendable {
  let registry: any Registry

  /// Whether it answers.
  func answers() async -> Result<Diagnosis, RegistryProblem> {
    do throws(RegistryProblem) {
      try await registry.ping()
      return .success(.fine("\(registry.place) answers"))
    } catch {
      return .failure(error)
    }
  }

  /// What it has for one environment.
  func examine(_ environment: Environment, _ history: History) async -> [Diagnosis] {
    async let declared = declared(environment)
    async let slot = slot(environment, history)
    async let wayBack = wayBack(environment, history)
    return await declared + slot + wayBack
  }

  private func declared(_ environment: Environment) async -> [Diagnosis] {
    let label = "version \(environment.version) of \(environment.model)"
    do throws(RegistryProblem) {
      let version = try await registry.version(environment.version, of: environment.model)
      guard version.isReady else {
        return [
          .problem(
            "\(label) is registered, but not ready",
            next: "Wait until its registration is complete, or register it again.",
            .registry
          )
        ]
      }
      return [.fine("\(label) is registered")]
        + environment.gates.compactMap { offline($0, version) }
    } catch {
      return [.problem(error)]
    }
  }

  /// Whether the metric of an offline gate is there.
  private func offline(_ gate: Gate, _ version: RegisteredVersion) -> Diagnosis? {
    guard case .offline(let offline) = gate.kind else { return nil }
    if let caveat = version.metricsCaveat {
      return .problem("gate \(gate.name): \(caveat)", next: "Register a finished run.", .registry)
    }
    guard let value = version.metrics[offline.metric] else {
      let known = version.metrics.keys.sorted().joined(separator: ", ")
      return .problem(
        "gate \(gate.name): version \(version.number) has no usable metric \"\(offline.metric)\"",
        next: known.isEmpty ? "Log metrics with the training run." : "Name one of \(known).",
        .registry
      )
    }
    return .fine("gate \(gate.name): \(offline.metric) is \(value.text(decimals: 6))")
  }

  private func slot(_ environment: Environment, _ history: History) async -> [Diagnosis] {
    let slot = environment.slot
    do throws(RegistryProblem) {
      let held = try await registry.contents(of: slot, model: environment.model)
      let text = held.map(\.description).joined(separator: " and ")
      if held == [environment.version] { return [.fine("\(slot) holds \(text), as declared")] }
      if let order = history.order(over: environment.version), held == [order.version] {
        return [.note("\(slot) holds \(text): the rollback that \(order.by) ordered stands")]
      }
      if let downstream = history.yielded {
        return [.note("\(slot) is left to \(downstream), where its version went on")]
      }
      return [
        .warning(
          held.isEmpty ? "\(slot) is empty" : "\(slot) holds \(text), not \(environment.version)",
          next: "`release plan \(environment.name)` shows what a reconcile would do about it."
        )
      ]
    } catch .modelMissing {
      // The version's own line says so.
      return []
    } catch {
      return [.problem(error)]
    }
  }

  /// Whether there is a version to return to when the next release fails.
  private func wayBack(_ environment: Environment, _ history: History) async -> [Diagnosis] {
    guard
      let target = history.standing.flatMap({ standing in
        standing.isProven ? standing.version : history.wayBack(from: standing.version)
      })
    else {
      return [
        .warning(
          "no version is proven here yet: a release that fails has nothing to return to",
          next: "`release reconcile --once` takes up the version that runs, if it is healthy."
        )
      ]
    }
    do throws(RegistryProblem) {
      _ = try await registry.version(target, of: environment.model)
      return [.fine("version \(target) is proven, and there to return to")]
    } catch {
      return [.problem(error, about: "the way back to version \(target)")]
    }
  }
}
