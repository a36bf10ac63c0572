/// Measures a running service.
///
/// It never judges, and it never throws: not seeing is an answer.
package protocol Probe: Sendable {
  /// Which version the service says it serves.
  func identify(_ service: Service) async -> Seen<ServedVersion>

  /// One reading for a gate; counters are those of the version in question.
  ///
  /// Answers `otherVersion` when the numbers are labelled with other versions only.
  func measure(_ gate: Gate, of service: Service, version: VersionNumber) async -> Seen<Reading>

  /// One look: which version the service says it serves, then a reading for each gate.
  ///
  /// Where one answer tells several of these things, it may be asked for once: it is of one moment,
  /// and of the version that it names.
  func examine(_ service: Service, for gates: [Gate], version: VersionNumber?) async
    -> Examination
}

extension Probe {
  /// Asks for one thing after the other, the version before anything is measured.
  package func examine(_ service: Service, for gates: [Gate], version: VersionNumber?) async
    -> Examination
  {
    var examination = Examination(identity: await identify(service))
    guard let version else { return examination }
    let refusal = examination.refusal(of: version)
    for gate in gates {
      let reading: Seen<Reading>
      if let refusal {
        reading = refusal
      } else {
        reading = await measure(gate, of: service, version: version)
      }
      examination.readings.append((gate, reading))
    }
    return examination
  }
}

/// What a service says it serves.
package enum ServedVersion: Sendable, Equatable, Codable, CustomStringConvertible {
  /// A version of the registry.
  case version(VersionNumber)
  /// Something else, in its own words.
  case other(String)

  /// What it said.
  package var description: String {
    switch self {
    case .version(let number): number.description
    case .other(let text): text
    }
  }
}
