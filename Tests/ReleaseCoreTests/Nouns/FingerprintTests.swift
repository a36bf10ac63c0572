import ReleaseCore
import Testing

@Suite struct `Fingerprints of a declaration` {
  @Test func `are the published FNV-1a values`() {
    #expect(Fingerprint(of: "") == Fingerprint("cbf29ce484222325"))
    #expect(Fingerprint(of: "a") == Fingerprint("af63dc4c8601ec8c"))
    #expect(Fingerprint(of: "foobar") == Fingerprint("85944171f73967e8"))
  }

  /// Hashing is seeded anew in each process, so a dictionary's order is not the next one's.
  @Test func `do not depend on the order in which a health gate's fields are stored`() {
    let fields = (0..<40).map { ("field\($0)", "value") }
    var grown: [String: String] = [:]
    for (name, value) in fields.reversed() { grown[name] = value }
    var roomy = [String: String](minimumCapacity: 4000)
    for (name, value) in fields { roomy[name] = value }
    let prints = [grown, roomy].map { fields in
      Environment.sample { environment in
        environment.gates = [Gate(name: "health", kind: .health(HealthGate(expect: fields)))]
      }.gatesFingerprint
    }
    #expect(prints[0] == prints[1])
  }

  @Test(arguments: [
    Gate(name: "other", kind: .health(HealthGate())),
    Gate(name: "health", kind: .health(HealthGate(path: "/ready"))),
    Gate(name: "health", kind: .health(HealthGate(expect: ["status": "healthy"]))),
    Gate(name: "health", kind: .health(HealthGate(expect: ["status": "ok"]))),
    Gate(name: "health", kind: .health(HealthGate(successes: 4))),
    Gate(name: "health", kind: .health(HealthGate(within: .seconds(301)))),
    Gate.accuracy, Gate.gauge, Gate.offline,
  ])
  func `differ when a gate differs`(gate: Gate) {
    let before = Environment.sample { $0.gates = [.health] }
    let after = Environment.sample { $0.gates = [gate] }
    #expect(before.gatesFingerprint != after.gatesFingerprint)
    #expect(before.releaseConfiguration != after.releaseConfiguration)
  }

  @Test func `of the gates stay the same when only a target changes`() {
    let before = Environment.sample()
    let after = Environment.sample { $0.targets = Target.twoWaves }
    #expect(before.gatesFingerprint == after.gatesFingerprint)
    #expect(before.releaseConfiguration != after.releaseConfiguration)
  }

  @Test func `of a release change with the model`() {
    let other = Environment.sample { $0.model = "fraud" }
    #expect(Environment.sample().releaseConfiguration != other.releaseConfiguration)
  }

  @Test func `do not change with what does not judge`() {
    let before = Environment.sample()
    let after = Environment.sample(9) { environment in
      environment.bake = .seconds(60)
      environment.needsApproval = true
      environment.writeBack = .none
    }
    #expect(before.releaseConfiguration == after.releaseConfiguration)
  }
}
