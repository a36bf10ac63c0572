import ReleaseCore

/// What earlier looks gathered: answers in a row and evidence of gates.
///
/// It is lost with the process, which is safe: the count begins anew. It belongs to one version
/// on one journey; anything else starts empty.
struct LookMemory: Sendable {
  private var subject = ""
  private(set) var identities: [TargetName: Identity] = [:]
  private(set) var evidence: [TargetName: [GateName: Evidence]] = [:]
  /// What the registry said last; nil when the slot was touched since.
  private(set) var registered: RegistryLook?

  /// Forgets everything when the looks are about something else than before.
  mutating func turn(to subject: String) {
    guard subject != self.subject else { return }
    let registered = registered
    self = LookMemory()
    self.subject = subject
    self.registered = registered
  }

  /// What the registry said a moment ago, if that answers all that is asked now.
  func registered(for question: RegistryQuestion, now: Moment) -> RegistryLook? {
    guard let registered, registered.answers(question), registered.isKnown,
      now - registered.at < Cadence.slotAge
    else { return nil }
    return registered
  }

  /// Keeps what the registry says; nil: the slot was touched and must be looked at again.
  mutating func take(_ look: RegistryLook?) { registered = look }

  /// Takes an answer to "which version?" into account.
  mutating func take(_ answer: Seen<ServedVersion>, of target: TargetName, at now: Moment) {
    if identities[target] == nil {
      identities[target] = Identity(answer, at: now)
    } else {
      identities[target]?.take(answer)
    }
  }

  /// Takes a reading of a gate into account.
  mutating func take(_ reading: Seen<Reading>, for gate: Gate, at target: TargetName) {
    guard var gathered = evidence[target]?[gate.name] ?? Evidence(for: gate) else { return }
    gathered.take(reading)
    evidence[target, default: [:]][gate.name] = gathered
  }
}

extension History {
  /// What looks at the running services are about just now.
  var subjectOfLooks: String {
    switch state {
    case .resting: "rest \(standing?.version.description ?? "-") \(heals)"
    case .held: "held"
    case .returning(let way): "\(way.from.id) back"
    case .releasing(let release):
      release.bakingSince == nil ? release.id.rawValue : "\(release.id) bake"
    }
  }
}
