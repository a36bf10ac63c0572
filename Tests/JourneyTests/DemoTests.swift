import FoundationEssentials
import TestSupport
import Testing

/// The first thing that a newcomer runs.
@Suite(.serialized) struct `The demo` {
  @Test(.timeLimit(.minutes(5)))
  func `tells its whole story, and leaves nothing behind`() async throws {
    let home = try TemporaryFolder()
    let demo = home.path + "/demo"
    let told = try await ReleaseBinary(home: home.path).run(
      ["demo", "--folder", demo],
      in: home.path,
      timeout: .seconds(240)
    )
    #expect(told.status == 0, "\(told)")
    for words in [
      "version 3 is rejected, back to 2: accuracy", "tell git: production: back to 2 (accuracy",
      "decisions of production follow again from the journal alone",
      "back on version 1, as ordered", "labelled rows were answered",
    ] { #expect(told.out.contains(words), "\(told)") }
    #expect(!FileManager.default.fileExists(atPath: demo))
  }

  @Test func `stops and removes nothing but a demo`() async throws {
    let home = try TemporaryFolder()
    let mine = home.path + "/mine"
    try home.write("work of a week", to: "mine/notes")
    let stopped = try await ReleaseBinary(home: home.path).run(
      ["demo", "--stop", mine],
      in: home.path
    )
    #expect(stopped.status == 1, "\(stopped)")
    #expect(stopped.err.contains("is not the folder of a demo"), "\(stopped)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: mine) == ["notes"])
  }

  @Test(.timeLimit(.minutes(5)))
  func `that was kept is stopped and removed when it is named`() async throws {
    let home = try TemporaryFolder()
    let binary = try ReleaseBinary(home: home.path)
    let demo = home.path + "/demo"
    let kept = try await binary.run(
      ["demo", "--keep", "--folder", demo],
      in: home.path,
      timeout: .seconds(240)
    )
    try #require(kept.status == 0, "\(kept)")
    let status = try await binary.run(["status"], in: demo)
    #expect(status.out.contains("declared, slot and served agree"), "\(status)")
    let explained = try await binary.run(["explain", "production"], in: demo)
    #expect(explained.out.contains("ordered a rollback to version 1: demo: back"), "\(explained)")
    let stopped = try await binary.run(["demo", "--stop", demo], in: home.path)
    #expect(stopped.status == 0, "\(stopped)")
    #expect(!FileManager.default.fileExists(atPath: demo))
  }
}
