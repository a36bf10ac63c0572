import Foundation
import TestSupport
import Testing

@Suite struct `Where the journal is kept` {
  private let place: Workplace
  private let service: ModelService

  init() async throws {
    place = try await Workplace()
    service = try await ModelService(version: 1)
    try place.folder.write("{}", to: ".git/model.json")
    try place.folder.write(".release/\n", to: ".gitignore")
    try place.declare(
      "production",
      """
      model: iris
      version: 1
      slot: {alias: champion}
      service: {url: "\(service.url)", identity: {successes: 1}}
      write-back: none
      """
    )
    try await place.commit()
    let added = try await place.release("registry", "add", "iris", "--artifact", ".git/model.json")
    try #require(added.status == 0, "\(added.err)")
  }

  private func refs() async throws -> [String] {
    try await place.git("ls-remote", "origin").split(separator: "\n")
      .compactMap { $0.split(separator: "\t").last.map(String.init) }
      .filter { $0.hasPrefix("refs/release/") }
  }

  private var hasFile: Bool { place.folder.holds(".release/journal.sqlite") }

  @Test func `in CI it is in refs of the remote, and nothing is written to the disk for it`()
    async throws
  {
    try await place.addRemote()
    let run = try await place.release("reconcile", "--once", variables: ["CI": "true"])
    #expect(run.status == 0, "\(run)")
    #expect(run.err.isEmpty)
    #expect(
      try await refs() == ["refs/release/journal-model/iris", "refs/release/journal/production"]
    )
    #expect(!hasFile)
  }

  @Test func `in CI without a remote it is a file, which is said`() async throws {
    let run = try await place.release("reconcile", "--once", variables: ["CI": "true"])
    #expect(run.status == 0, "\(run)")
    #expect(run.err.contains("because the repository has no remote"), "\(run)")
    #expect(hasFile)
  }

  @Test func `in CI with a remote that takes no refs of ours it is a file, which is said`()
    async throws
  {
    try await place.addRemote()
    try place.folder.write(
      "#!/bin/sh\nwhile read old new ref; do case $ref in refs/release/*) echo no >&2; exit 1;; esac; done\n",
      to: ".git/remote.git/hooks/pre-receive"
    )
    try await place.git("config", "--file", ".git/remote.git/config", "core.hooksPath", "hooks")
    let hook = place.folder.path + "/.git/remote.git/hooks/pre-receive"
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
    let run = try await place.release("reconcile", "--once", variables: ["CI": "true"])
    #expect(run.status == 0, "\(run)")
    #expect(run.err.contains("does not take refs under refs/release/"), "\(run)")
    #expect(hasFile)
    #expect(try await refs() == [])
  }

  @Test func `elsewhere it is a file, unless CI has begun one in refs`() async throws {
    try await place.addRemote()
    let own = try await place.release("status")
    #expect(own.status == 0 && own.err.isEmpty, "\(own)")
    #expect(try await refs() == [])

    let runner = try await place.release("reconcile", "--once", variables: ["CI": "true"])
    #expect(runner.status == 0, "\(runner)")
    let laptop = try await place.release("history", "production")
    #expect(laptop.out.contains("version 1"), "\(laptop)")
    let held = try await place.release("hold", "production", "--reason", "a look")
    #expect(held.status == 0, "\(held)")
    let seen = try await place.release("history", "production", variables: ["CI": "true"])
    #expect(seen.out.contains("a look"), "\(seen)")
  }

  @Test func `elsewhere a remote that cannot be asked is no reason to begin another one`()
    async throws
  {
    try await place.addRemote()
    let runner = try await place.release("reconcile", "--once", variables: ["CI": "true"])
    #expect(runner.status == 0, "\(runner)")
    try await place.git("remote", "set-url", "origin", "http://127.0.0.1:9/gone.git")
    let look = try await place.release("history", "production")
    #expect(look.err.contains("does not see it now"), "\(look)")
    let order = try await place.release("hold", "production", "--reason", "a look")
    #expect(order.status == 32, "\(order)")
    #expect(order.err.contains("RELEASE_JOURNAL=file"), "\(order)")
    let own = try await place.release(
      "reconcile",
      "--once",
      variables: ["RELEASE_JOURNAL": "file"]
    )
    #expect(own.status == 0, "\(own)")
  }

  @Test func `a file beside a journal that CI has begun is told, and takes no orders`()
    async throws
  {
    try await place.addRemote()
    let own = try await place.release("reconcile", "--once")
    #expect(own.status == 0 && own.err.isEmpty, "\(own)")
    let added = try await place.release("registry", "add", "iris", "--artifact", ".git/model.json")
    #expect(added.status == 0, "\(added)")
    let runner = try await place.release("reconcile", "--once", variables: ["CI": "true"])
    #expect(runner.status == 0, "\(runner)")

    for look in [["status"], ["history", "production"], ["explain", "production"]] {
      let run = try await place.release(look)
      #expect(run.status == 0, "\(run)")
      #expect(run.err.contains("There are two journals."), "\(run)")
    }
    for order in [
      ["hold", "production", "--reason", "a look"],
      ["rollback", "production", "--to", "1", "--reason", "a look"],
    ] {
      let run = try await place.release(order)
      #expect(run.status == 1, "\(run)")
      #expect(run.err.contains("RELEASE_JOURNAL=git"), "\(run)")
      #expect(run.err.contains("[journal.divided]"), "\(run)")
    }
    let head = try await place.git("ls-remote", "origin", "main")
    for order in [
      ["promote", "--to", "production", "--version", "2"],
      ["promote", "--to", "production", "--version", "2", "--no-wait"], ["approve", "production"],
    ] {
      let run = try await place.release(order)
      #expect(run.status == 1, "\(run)")
      #expect(run.err.contains("[journal.divided]"), "\(run)")
    }
    #expect(try await place.git("ls-remote", "origin", "main") == head, "git was told")
    let doctor = try await place.release("doctor")
    #expect(doctor.out.contains("[journal.divided]"), "\(doctor)")
    let history = try await place.release("history", "production")
    #expect(!history.out.contains("a look"), "\(history)")

    for (choice, isSeenByCI) in [("file", false), ("git", true)] {
      let order = ["hold", "production", "--reason", "by \(choice)"]
      let chosen = try await place.release(order, variables: ["RELEASE_JOURNAL": choice])
      #expect(chosen.status == 0 && !chosen.err.contains("two journals"), "\(chosen)")
      let seen = try await place.release("history", "production", variables: ["CI": "true"])
      #expect(seen.out.contains("by \(choice)") == isSeenByCI, "\(seen)")
    }
  }

  @Test func `a file whose remote cannot be asked is used`() async throws {
    try await place.addRemote()
    let own = try await place.release("reconcile", "--once")
    #expect(own.status == 0, "\(own)")
    try await place.git("remote", "set-url", "origin", "http://127.0.0.1:9/gone.git")
    let order = try await place.release("hold", "production", "--reason", "git is away")
    #expect(order.status == 0, "\(order)")
  }

  @Test func `a variable decides, and a wrong one is refused`() async throws {
    try await place.addRemote()
    for (value, isFile) in [("git", false), ("file", true)] {
      let run = try await place.release(
        "reconcile",
        "--once",
        variables: ["RELEASE_JOURNAL": value]
      )
      #expect(run.status == 0, "\(run)")
      #expect(hasFile == isFile)
    }
    let wrong = try await place.release("status", variables: ["RELEASE_JOURNAL": "paper"])
    #expect(wrong.status == 1)
    #expect(wrong.err.contains("RELEASE_JOURNAL=paper"), "\(wrong)")
    #expect(wrong.err.contains("to `git`; or unset it"), "\(wrong)")
  }

  @Test func `a database for something else hides no journal in refs, and a file is said`()
    async throws
  {
    try await place.addRemote()
    let variables = ["CI": "true", "DATABASE_URL": "postgres://app"]
    let own = try await place.release(["status"], variables: variables)
    #expect(own.err.contains("because DATABASE_URL is set"), "\(own)")
    let held = try await place.release(
      ["hold", "production", "--reason", "a look"],
      variables: ["CI": "true"]
    )
    #expect(held.status == 0, "\(held)")
    let promoted = try await place.release(
      ["promote", "--to", "production", "--version", "1"],
      variables: variables
    )
    #expect(promoted.status == 20 && promoted.err.contains("a look"), "\(promoted)")
  }

  @Test func `git without a remote is refused`() async throws {
    let run = try await place.release("status", variables: ["RELEASE_JOURNAL": "git"])
    #expect(run.status == 1)
    #expect(run.err.contains("has no remote"), "\(run)")
  }

  @Test func `doctor says which one is used, and leaves nothing behind`() async throws {
    try await place.addRemote()
    let run = try await place.release("doctor", variables: ["CI": "true"])
    #expect(run.out.contains("takes the journal as refs under refs/release/"), "\(run)")
    #expect(try await refs() == [])
  }
}
