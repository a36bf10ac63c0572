import ReleaseCore
import Testing

@Suite struct `The targets of an environment` {
  @Test func `come in waves in ascending order, and in declared order within one`() {
    let environment = Environment.sample { environment in
      environment.targets = [
        .sample("us", wave: 5), .sample("eu"), .sample("asia", wave: 5), .sample("lab", wave: -1),
      ]
    }
    #expect(environment.waves.map { $0.map(\.name) } == [["lab"], ["eu"], ["us", "asia"]])
    #expect(environment.target("asia") == .sample("asia", wave: 5))
    #expect(environment.target("mars") == nil)
    #expect(environment.gate("health") == .health)
    #expect(environment.gate("golden") == nil)
  }
}
