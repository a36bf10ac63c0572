import ReleaseCore

/// Chooses numbers among the series of a text format.
struct SeriesAnswer {
  /// The label that names the version a series belongs to.
  static let versionLabel = "model_version"

  let exposition: Exposition
  let isOpenMetrics: Bool

  /// The one series of the name that belongs to the version, or that names no version at all.
  ///
  /// More than one is refused: adding them up or picking one would be a guess.
  func choose(
    _ name: MetricName,
    for version: VersionNumber,
    from answer: Answer
  ) throws(Blind) -> Choice {
    let series = named(name)
    guard !series.isEmpty else { return .absent(isAnnounced(name) ? .noSeries : .unknownName) }
    let versions = series.compactMap { $0.label(Self.versionLabel) }
    let isLabelled = !versions.isEmpty
    let fitting = series.filter {
      !isLabelled || $0.label(Self.versionLabel) == version.description
    }
    guard let chosen = fitting.first else {
      return .absent(.otherVersions(Set(versions).sorted().map(Answer.shown)))
    }
    guard fitting.count == 1 else {
      let shared =
        isLabelled ? "belong to version \(version)" : "name no \(Self.versionLabel)"
      throw answer.unreadable(
        "is ambiguous: \(fitting.count) series of \(name.declared) \(shared)"
      )
    }
    return .found(
      FoundNumber(
        value: chosen.value,
        isLabelled: isLabelled,
        createdAt: createdAt(name, chosen),
        stampMilliseconds: chosen.stampMilliseconds
      )
    )
  }

  /// When the process says it began; nil when it does not say, or more than one does.
  var processStart: Double? {
    let samples = exposition.samples.filter { $0.name == MetricName.processStart }
    return samples.count == 1 ? samples[0].value : nil
  }

  private func named(_ name: MetricName) -> [Exposition.Sample] {
    let exact = exposition.samples.filter { $0.name == name.declared }
    guard exact.isEmpty, isOpenMetrics else { return exact }
    return exposition.samples.filter { $0.name == name.withTotal }
  }

  private func isAnnounced(_ name: MetricName) -> Bool {
    exposition.announced.contains(name.declared)
      || (isOpenMetrics && exposition.announced.contains(name.withTotal))
  }

  private func createdAt(_ name: MetricName, _ chosen: Exposition.Sample) -> Double? {
    exposition.samples.first { sample in
      sample.name == name.created && sample.labels.count == chosen.labels.count
        && sample.labels.allSatisfy(chosen.labels.contains)
    }?.value
  }
}
