import FoundationEssentials
import Git
import ReleaseCore
import TestSupport

@testable import Journal

struct GitRefJournalUnderTest: JournalUnderTest {
  let place: GitRefPlace
  let journal: any Journal

  init(_ directory: TemporaryDirectory, isServed: Bool) async throws {
    place = try await GitRefPlace(isServed: isServed)
    // A test may keep only the journal, and the repository must not go before it.
    directory.keep(place)
    journal = try place.runner()
  }

  func another() throws -> any Journal { try place.runner() }

  func tamper(_ tampering: Tampering, with environment: EnvironmentName) async throws {
    let process = GitProcess(journal: "", variables: ProcessVariables.clean(home: "/nonexistent"))
    let store = GitStore(directory: place.repository.path, journal: "", process: process)
    let ref = GitRefName.of(.environment(environment))
    let tip = try await store.commit(at: ref) ?? ""
    let ids = try await store.entries(upTo: tip) ?? [:]
    var files: [Int: [UInt8]] = [:]
    for (position, id) in ids { files[position] = try await store.blobs([id]).first ?? nil }
    change(&files, tampering)

    func write(_ arguments: [String], _ input: [UInt8] = []) async throws -> String {
      String(try await process.demand(store.call(arguments, input: input)).lines.last ?? "")
    }
    var entries = ""
    for (position, file) in files {
      let id = try await write(["hash-object", "-w", "--stdin"], file)
      entries += "100644 blob \(id)\t\(position)\n"
    }
    let folder = try await write(["mktree"], Array(entries.utf8))
    let state = try await write(["rev-parse", "\(tip):state"])
    let tree = try await write(
      ["mktree"],
      Array("040000 tree \(folder)\tentries\n100644 blob \(state)\tstate\n".utf8)
    )
    // One commit without parents: all entries are in it, and the journal's own are gone.
    let identity = ["-c", "user.name=x", "-c", "user.email=x@y"]
    let commit = try await place.repository.git(identity + ["commit-tree", tree, "-m", "x"])
    try await place.repository.git(["update-ref", ref, String(commit.dropLast())])
  }

  private func change(_ files: inout [Int: [UInt8]], _ tampering: Tampering) {
    func edit(_ position: Int, _ body: (inout Record) -> Void) {
      guard var record = files[position].flatMap({ Record(file: $0) }) else { return }
      body(&record)
      files[position] = record.file
    }
    switch tampering {
    case .payloadBit: edit(2) { $0.payload[$0.payload.startIndex + 20] ^= 1 }
    case .digestBit: edit(2) { $0.digest = $0.digest.withFlippedBit }
    case .environmentBit: edit(2) { $0.environment = "productioo" }
    case .positionBit: edit(2) { $0.position ^= 1 }
    case .schemaVersionBit: edit(2) { $0.schemaVersion ^= 1 }
    case .firstRemoved: files[1] = nil
    case .secondRemoved: files[2] = nil
    case .lastRemoved: files[3] = nil
    case .swapped:
      (files[2], files[3]) = (files[3], files[2])
      edit(2) { $0.position = 2 }
      edit(3) { $0.position = 3 }
    }
  }
}
