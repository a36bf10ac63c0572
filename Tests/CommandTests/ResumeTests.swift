import TestSupport
import Testing

@Suite struct `A hold after a failure` {
  @Test func `names the version to try again, and so does lifting it`() async throws {
    let place = try await Workplace()
    try place.folder.write("{}", to: "model.json")
    try place.declare(
      "production",
      """
      model: iris
      version: 1
      slot: {alias: champion}
      service: {url: "http://127.0.0.1:9", identity: {successes: 1, within: 1s}}
      platform:
        command: {run: ["false"]}
      """
    )
    try await place.commit()
    let added = try await place.release("registry", "add", "iris", "--artifact", "model.json")
    try #require(added.status == 0, "\(added)")
    let tried = try await place.release("reconcile", "--once")
    #expect(tried.status == 11, "\(tried)")
    #expect(tried.err.contains("`release retry production --version 1 --reason …`"), "\(tried)")
    let status = try await place.release("status")
    #expect(status.out.contains("`release retry production --version 1 "), "\(status)")

    let resumed = try await place.release("resume", "production", "--reason", "a look")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(resumed.out.contains("Version 1 stays rejected there"), "\(resumed)")
    let again = try await place.release("resume", "production", "--reason", "a look")
    #expect(again.out.contains("was not held"), "\(again)")
  }
}
