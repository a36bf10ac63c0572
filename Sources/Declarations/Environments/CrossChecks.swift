import ReleaseCore

/// Checks what no file can show alone: the order of environments, and who owns which slot.
struct CrossChecks {
  /// The environments that can be used, their `after` resolved to full names.
  private(set) var readings: [EnvironmentName: EnvironmentReader.Reading]
  /// Those that cannot.
  private(set) var problems: [EnvironmentName: DeclarationProblem]

  private let names: [EnvironmentName]

  /// Checks all environments of one commit together.
  ///
  /// One that is refused stays known by name: what comes after it is valid, and waits.
  init(
    readings: [EnvironmentName: EnvironmentReader.Reading],
    problems: [EnvironmentName: DeclarationProblem]
  ) {
    self.readings = readings
    self.problems = problems
    names = Set(readings.keys).union(problems.keys).sorted()
    resolveAfter()
    refuseCycles()
    refuseOtherModels()
    refuseSharedSlots()
    refuseUnorderedStages()
  }

  private var inOrder: [EnvironmentReader.Reading] {
    readings.values.sorted { $0.environment.name < $1.environment.name }
  }

  private mutating func refuse(_ name: EnvironmentName, _ refusal: Mistake) {
    readings[name] = nil
    problems[name] = refusal.problem
  }

  private mutating func resolveAfter() {
    for reading in inOrder {
      guard let after = reading.environment.after, let place = reading.after else { continue }
      let name = reading.environment.name
      let folder = name.rawValue.split(separator: "/").dropLast().joined(separator: "/")
      let beside = EnvironmentName(folder.isEmpty ? after.rawValue : "\(folder)/\(after.rawValue)")
      if names.contains(beside), beside != name || beside == after {
        readings[name]?.environment.after = beside
      } else if !names.contains(after) {
        let near = Spelling.nearest(to: after.rawValue, among: names.map(\.rawValue))
        let known = Spelling.list(names.filter { $0 != name }.map(\.rawValue))
        refuse(
          name,
          place.refuse(
            "There is no environment \"\(Spelling.excerpt(after.rawValue))\".",
            near.map { "Did you mean `\($0)`?" } ?? "Known are \(known)."
          )
        )
      }
    }
  }

  private mutating func refuseCycles() {
    for reading in inOrder {
      let name = reading.environment.name
      let chain = upstream(of: name)
      guard chain.contains(name), let place = reading.after else { continue }
      let cycle = ([name] + chain).map(\.rawValue).joined(separator: " after ")
      problems[name] =
        place.refuse(
          "The order goes in a circle: \(cycle).",
          "Remove `after:` from the environment that comes first."
        ).problem
    }
    for name in problems.keys { readings[name] = nil }
  }

  /// The environments that come before one, the nearest first, up to the first repetition.
  private func upstream(of name: EnvironmentName) -> [EnvironmentName] {
    var chain: [EnvironmentName] = []
    var next = readings[name]?.environment.after
    while let current = next {
      chain.append(current)
      guard current != name, !chain.dropLast().contains(current) else { break }
      next = readings[current]?.environment.after
    }
    return chain
  }

  private mutating func refuseOtherModels() {
    for reading in inOrder {
      guard let after = reading.environment.after, let place = reading.after,
        let before = readings[after]?.environment, before.model != reading.environment.model
      else { continue }
      refuse(
        reading.environment.name,
        place.refuse(
          "\(after) runs the model \(before.model), not \(reading.environment.model).",
          "Name an environment of the same model."
        )
      )
    }
  }

  private mutating func refuseSharedSlots() {
    for group in groups(by: { "\($0.model.rawValue)\u{0}\($0.slot)" }) where group.count > 1 {
      for reading in group {
        let others = group.map(\.environment.name).filter { $0 != reading.environment.name }
        let slot = "\(reading.environment.slot) of \(reading.environment.model)"
        refuse(
          reading.environment.name,
          reading.slot.refuse(
            "The slot \(slot) is also that of \(others.map(\.rawValue).joined(separator: ", ")).",
            "Give each environment its own slot; any number of aliases is possible."
          )
        )
      }
    }
  }

  /// A version is in one stage at a time: without an order, two environments on stages would
  /// take it from each other for ever.
  private mutating func refuseUnorderedStages() {
    let chains = Dictionary(uniqueKeysWithValues: readings.keys.map { ($0, upstream(of: $0)) })
    for group in groups(by: { $0.slot.isExclusive ? $0.model.rawValue : nil }) {
      for reading in group {
        let name = reading.environment.name
        let unordered = group.map(\.environment.name).filter { other in
          other != name && chains[name]?.contains(other) != true
            && chains[other]?.contains(name) != true
        }
        guard let other = unordered.first else { continue }
        refuse(
          name,
          reading.slot.refuse(
            "A version is in one MLflow stage at a time, and \(name) and \(other) have no order.",
            "Add `after:` to one of them, or use aliases: `slot: {alias: champion}`."
          )
        )
      }
    }
  }

  /// The environments that share a key, in the order of the keys; those without a key are left out.
  private func groups(
    by key: (Environment) -> String?
  ) -> [[EnvironmentReader.Reading]] {
    var groups: [String: [EnvironmentReader.Reading]] = [:]
    for reading in inOrder {
      guard let key = key(reading.environment) else { continue }
      groups[key, default: []].append(reading)
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }
}
