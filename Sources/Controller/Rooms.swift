package import Logging
package import ReleaseCore

/// Everything outside that the controller talks to, by port; wired in one place, ReleaseCLI.
package struct Rooms: Sendable {
  /// The model registry.
  package var registry: any Registry
  /// Measures running services.
  package var probe: any Probe
  /// The memory.
  package var journal: any Journal
  /// Where environments are declared.
  package var source: any DeclarationSource
  /// What makes services serve, by kind.
  package var makers: [any PlatformMaker]
  /// The time.
  package var clock: any Clock
  /// Who acts: a person's or a CI job's name, or `controller`.
  package var actor: String
  /// For operators; never part of a decision.
  package var log: Logger

  /// Joins the rooms.
  package init(
    registry: any Registry,
    probe: any Probe,
    journal: any Journal,
    source: any DeclarationSource,
    makers: [any PlatformMaker],
    clock: any Clock,
    actor: String,
    log: Logger
  ) {
    self.registry = registry
    self.probe = probe
    self.journal = journal
    self.source = source
    self.makers = makers
    self.clock = clock
    self.actor = actor
    self.log = log
  }

  /// The platform that serves a target.
  ///
  /// - Throws: When the kind is unknown or its settings cannot be used.
  func platform(of target: Target) throws(PlatformProblem) -> any Platform {
    guard let maker = makers.first(where: { $0.kind == target.platform.kind }) else {
      throw .misconfigured(
        platform: target.platform.kind,
        why: "There is no such platform; there are \(makers.map(\.kind).joined(separator: ", ")).",
        place: target.platform.place
      )
    }
    return try maker.make(target.platform)
  }
}
