import Foundation
import TestSupport
import Testing

/// Whoever types a command in some folder of the repository means the repository.
@Suite struct `Where the state is kept` {
  private let place: Workplace

  init() async throws {
    place = try await Workplace()
    try place.declare(
      "production",
      """
      model: iris
      version: 1
      slot: {alias: champion}
      service: {url: "http://127.0.0.1:9", identity: {successes: 1, within: 1s}}
      platform:
        process: {command: ["./serve.sh"], directory: serving}
      """
    )
    try place.folder.write("*\n", to: "src/deep/.keep")
    try place.folder.write("#!/bin/sh\npwd > where\n", to: "serving/serve.sh")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: place.folder.path + "/serving/serve.sh"
    )
    try await place.commit()
  }

  @Test func `a folder inside the repository has the repository's state`() async throws {
    let held = try await place.release(
      "hold",
      "production",
      "--reason",
      "a look",
      inside: "src/deep"
    )
    #expect(held.status == 0, "\(held)")
    let history = try await place.release("history", "production")
    #expect(history.out.contains("a look"), "\(history)")
    #expect(place.folder.holds(".release/journal.sqlite"))
    #expect(!place.folder.holds("src/deep/.release"))
  }

  @Test func `so has the repository when it is named from elsewhere`() async throws {
    let elsewhere = try await Workplace(isRepository: false)
    let held = try await elsewhere.release(
      ["hold", "production", "--reason", "a look", "--repository", place.folder.path + "/src"]
    )
    #expect(held.status == 0, "\(held)")
    #expect(place.folder.holds(".release/journal.sqlite"))
    #expect(!elsewhere.folder.holds(".release"))
  }

  @Test(arguments: ["status", "reconcile --once", "rollback production", "history production"])
  func `nothing is left behind where there is no repository`(line: String) async throws {
    let outside = try await Workplace(isRepository: false)
    let said = try await outside.release(line.split(separator: " ").map(String.init))
    #expect(said.status == 32, "\(said)")
    #expect(said.err.contains("[git.not-a-repository]"), "\(said)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.folder.path).isEmpty)
  }

  @Test func `a process works in a folder counted from the repository's`() async throws {
    try place.folder.write("{}", to: "model.json")
    let added = try await place.release(
      "registry",
      "add",
      "iris",
      "--artifact",
      "model.json"
    )
    #expect(added.status == 0, "\(added)")
    let run = try await place.release("reconcile", "--once", inside: "src/deep")
    #expect(run.status == 11, "\(run)")
    #expect(place.folder.holds("serving/where"), "\(run)")
  }
}
