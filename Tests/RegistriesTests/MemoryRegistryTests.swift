import Registries
import ReleaseCore
import Testing

@Suite struct `The registry in memory` {
  @Test func `fails as told until it is told otherwise`() async throws {
    let registry = MemoryRegistry()
    let problem = RegistryProblem.unreachable(registry: "memory", why: "told so")
    await registry.fail(with: problem)
    await #expect(throws: problem) { try await registry.ping() }
    await #expect(throws: problem) { try await registry.versions(of: ModelName("iris")) }
    await registry.fail(with: nil)
    try await registry.ping()
  }

  @Test func `lets a test put two versions into one stage, and clears them out`() async throws {
    let registry = MemoryRegistry()
    let iris = ModelName("iris")
    let numbers = [1, 2].compactMap { VersionNumber($0) }
    for number in numbers {
      await registry.put(
        RegisteredVersion(number: number, digest: "d", stage: "Production"),
        of: iris
      )
    }
    let production = Slot.stage(name: "Production")
    #expect(try await registry.contents(of: production, model: iris) == numbers)
    try await registry.point(production, of: iris, at: numbers[0])
    #expect(try await registry.contents(of: production, model: iris) == [numbers[0]])
  }
}
