package import HTTPWire
package import ReleaseCore

/// Measures a service by asking it over HTTP; whether a number is good is judged elsewhere.
///
/// A fact is dated by the moment the question was sent: the answer describes the service then or
/// later, never before.
package struct HTTPProbe: Probe {
  private let caller: ServiceCaller
  private let clock: any Clock

  /// Asks through a transport; the clock dates what was seen.
  package init(
    transport: any Transport,
    clock: any Clock,
    limits: ProbeLimits = ProbeLimits()
  ) {
    caller = ServiceCaller(transport: transport, limits: limits)
    self.clock = clock
  }

  /// Reads the field in which the service names its version.
  package func identify(_ service: Service) async -> Seen<ServedVersion> {
    let report = service.reportsVersion
    return await look { _ throws(Blind) in
      try await caller.get(report.path, of: service, accept: Accepted.json)
        .servedVersion(in: report.field)
    }
  }

  /// Asks once for what the gate needs.
  package func measure(
    _ gate: Gate,
    of service: Service,
    version: VersionNumber
  ) async -> Seen<Reading> {
    await look { now throws(Blind) in
      switch gate.kind {
      case .offline:
        throw Blind(.unreadable("gate \(gate.name) is read from the registry, not at the service"))
      case .health(let health):
        return try await caller.get(health.path, of: service, accept: Accepted.json)
          .health(expecting: health.expect)
      case .counted(let counted):
        let names = [counted.good, counted.total].map(MetricName.init)
        return .counters(
          try await metrics(names, at: counted.path, of: service)
            .counters(good: names[0], total: names[1], version: version, now: now)
        )
      case .gauge(let gauge):
        let name = MetricName(gauge.metric)
        return .gauge(
          try await metrics([name], at: gauge.path, of: service).gauge(name, version: version)
        )
      }
    }
  }

  /// Where the version and the health stand under one path, one answer tells both.
  package func examine(
    _ service: Service,
    for gates: [Gate],
    version: VersionNumber?
  ) async -> Examination {
    let report = service.reportsVersion
    let now = clock.now
    let answer = await answer(report.path, of: service)
    var examination = Examination(
      identity: seen(at: now) { () throws(Blind) in
        try answer.get().servedVersion(in: report.field)
      }
    )
    guard let version else { return examination }
    let refusal = examination.refusal(of: version)
    for gate in gates {
      let reading: Seen<Reading>
      if let refusal {
        reading = refusal
      } else if case .health(let health) = gate.kind, health.path == report.path {
        reading = seen(at: now) { () throws(Blind) in
          try answer.get().health(expecting: health.expect)
        }
      } else {
        reading = await measure(gate, of: service, version: version)
      }
      examination.readings.append((gate, reading))
    }
    return examination
  }

  private func answer(_ path: String, of service: Service) async -> Result<Answer, Blind> {
    do throws(Blind) {
      return .success(try await caller.get(path, of: service, accept: Accepted.json))
    } catch {
      return .failure(error)
    }
  }

  private func seen<Fact>(at now: Moment, _ read: () throws(Blind) -> Fact) -> Seen<Fact> {
    do throws(Blind) {
      return .known(try read(), at: now)
    } catch {
      return .unknown(error.blindness, at: now)
    }
  }

  private func metrics(
    _ names: [MetricName],
    at path: String,
    of service: Service
  ) async throws(Blind) -> MetricsAnswer {
    var answer = try await caller.get(path, of: service, accept: Accepted.metrics)
    // Some servers refuse a version of a format they could leave out.
    if answer.response.status == 406 {
      answer = try await caller.get(path, of: service, accept: Accepted.anything)
    }
    return try MetricsAnswer(answer, wanting: names, caller.limits)
  }

  private func look<Fact>(
    _ ask: (Moment) async throws(Blind) -> Fact
  ) async -> Seen<Fact> {
    let now = clock.now
    do throws(Blind) {
      return .known(try await ask(now), at: now)
    } catch {
      return .unknown(error.blindness, at: now)
    }
  }
}
