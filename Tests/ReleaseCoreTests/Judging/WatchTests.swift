import ReleaseCore
import Testing

@Suite struct `Watching gates that passed` {
  @Test func `only a failure comes of it`() {
    let quiet: [(Gate, Evidence?)] = [
      (.health, .healthy()), (.health, .unhealthy("answered 500", 2)), (.health, nil),
      (.accuracy, .counting(500, of: 500)), (.accuracy, .counting(0, of: 19)), (.accuracy, nil),
      (.gauge, .gauge(0.95, 0.95, 0.95)), (.gauge, .gauge(0.1, 0.1)), (.gauge, nil),
      (.gauge, .gauge(0.1, 0.95, 0.1)), (.offline, .healthy()), (.gauge, .healthy()),
    ]
    for (gate, evidence) in quiet {
      #expect(Judge.watch(gate, on: evidence, in: .sample()) == nil)
    }
  }

  @Test func `health fails after as many complaints in a row as it needs good answers`() {
    let verdict = Judge.watch(.health, on: .unhealthy("answered 500"), in: .sample())
    #expect(verdict == .fail(.unhealthy("answered 500")))
  }

  @Test func `counts fail by the same test as before`() {
    let verdict = Judge.watch(.accuracy, on: .counting(150, of: 200), in: .sample())
    #expect(verdict == .fail(.counted(.sample(150, of: 200))))
  }

  @Test func `a gauge fails when its last readings are all too low`() {
    let verdict = Judge.watch(.gauge, on: .gauge(0.95, 0.1, 0.2, 0.3), in: .sample())
    #expect(verdict == .fail(.gauge(values: [0.1, 0.2, 0.3], min: 0.9, needed: 3)))
  }
}
