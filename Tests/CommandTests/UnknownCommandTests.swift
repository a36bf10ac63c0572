import TestSupport
import Testing

@Suite struct `A word that is no command` {
  @Test func `is answered with the one that was probably meant`() async throws {
    let place = try await Workplace(isRepository: false)
    let said = try await place.release(["rolback", "production"])
    #expect(said.status == 64)
    #expect(said.err.contains("there is no command \"rolback\""), "\(said)")
    #expect(said.err.contains("Did you mean `release rollback`?"), "\(said)")
  }

  @Test func `is answered with where the commands are listed when nothing is like it`()
    async throws
  {
    let place = try await Workplace(isRepository: false)
    let said = try await place.release(["xyzzy"])
    #expect(said.status == 64)
    #expect(!said.err.contains("Did you mean"), "\(said)")
    #expect(said.err.contains("`release --help` lists all commands"), "\(said)")
  }
}
