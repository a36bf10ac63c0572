import FoundationEssentials
import Git
import ReleaseCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The bare repository on this machine in which the journal's objects wait.
///
/// It only spares fetching them again: the remote has everything, and a store that was lost is
/// made anew.
struct GitStore: Sendable {
  /// The repository's own directory.
  let directory: String
  /// How people call the journal.
  let journal: String
  /// Runs git.
  let process: GitProcess

  /// Commits are put together here; what was not pushed is of no further use.
  private static let draft = "refs/release/draft"
  /// How many objects one run of git brings, so that a long journal is not in memory twice.
  private static let objectsMax = 500
  private static let lockPause = Duration.milliseconds(10)
  /// Longer than any exchange with the remote may take.
  private static let lockPatience = Duration.seconds(150)

  /// A call of git on this repository.
  func call(_ arguments: [String], input: [UInt8] = []) -> GitProcess.Call {
    GitProcess.Call(arguments: ["--git-dir=\(directory)"] + arguments, input: input)
  }

  /// Waits until nobody else on this machine uses the store; it is free again with the lock's end.
  func lock() async throws(JournalProblem) -> FileLock {
    do throws(SystemFailure) {
      try Directory(of: directory).make()
    } catch {
      throw .unusable(journal: journal, why: error.text)
    }
    for _ in 0..<(Self.lockPatience.milliseconds / Self.lockPause.milliseconds) {
      do throws(SystemFailure) {
        return try FileLock("\(directory).lock", flags: O_RDWR | O_CREAT)
      } catch {
        guard error.isLocked else { throw .unusable(journal: journal, why: error.text) }
      }
      try? await Task.sleep(for: Self.lockPause)
    }
    throw .unusable(
      journal: journal,
      why: "Another process uses \(directory) for more than \(Self.lockPatience.text)."
    )
  }

  /// Makes the repository when there is none; true when it was made now.
  func prepare() async throws(JournalProblem) -> Bool {
    guard !FileManager.default.fileExists(atPath: "\(directory)/HEAD") else { return false }
    let arguments = ["init", "--quiet", "--bare", "--template=", "--", directory]
    _ = try await process.demand(GitProcess.Call(arguments: arguments))
    return true
  }

  /// The commit that a ref here points to; nil when there is no such ref.
  func commit(at ref: String) async throws(JournalProblem) -> String? {
    let call = call(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(ref)^{commit}"])
    let answer = try await process.run(call)
    // The option is echoed by git before 2.46; the commit is always the last line.
    return answer.isSuccess ? answer.lines.last.map { String($0) } : nil
  }

  /// All refs here under a folder, with their commits.
  func refs(under folder: String) async throws(JournalProblem) -> [(ref: String, commit: String)] {
    let call = call(["for-each-ref", "--format=%(refname) %(objectname)", folder])
    return try await process.demand(call).lines.compactMap { line in
      let words = line.split(separator: " ")
      return words.count == 2 ? (String(words[0]), String(words[1])) : nil
    }
  }

  /// Notes where the remote's ref is, so that the next fetch brings only what is new.
  func note(_ commit: String, at ref: String) async throws(JournalProblem) {
    _ = try await process.demand(call(["update-ref", ref, commit]))
  }

  /// Forgets where the remote's ref was.
  func forget(_ ref: String) async throws(JournalProblem) {
    _ = try await process.demand(call(["update-ref", "-d", ref]))
  }

  /// Makes a commit and answers with its id.
  func write(_ draft: GitRefDraft) async throws(JournalProblem) -> String {
    let call = call(
      ["fast-import", "--quiet", "--force", "--done"],
      input: draft.stream(to: Self.draft)
    )
    let answer = try await process.demand(call)
    guard let commit = answer.lines.last else {
      throw .unusable(journal: journal, why: "git fast-import names no commit.")
    }
    return String(commit)
  }

  /// What commits say, in their order; nil where a commit says nothing that can be read.
  func states(of commits: [String]) async throws(JournalProblem) -> [GitRefState?] {
    try await blobs(commits.map { "\($0):\(GitRefDraft.stateFile)" }).map { bytes in
      bytes.flatMap(GitRefState.read)
    }
  }

  /// The ids of all entries up to a commit, by position; nil when two claim one position.
  func entries(upTo commit: String) async throws(JournalProblem) -> [Int: String]? {
    let answer = try await process.demand(call(["rev-list", "--objects", commit, "--"]))
    var ids: [Int: String] = [:]
    for line in answer.lines {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[1].hasPrefix(GitRefDraft.entryFolder),
        let position = Int(words[1].dropFirst(GitRefDraft.entryFolder.count))
      else { continue }
      guard ids.updateValue(String(words[0]), forKey: position) == nil else { return nil }
    }
    return ids
  }

  /// The contents of files, in the order of their names; nil where there is none.
  func blobs(_ names: [String]) async throws(JournalProblem) -> [[UInt8]?] {
    var blobs: [[UInt8]?] = []
    var rest = names[...]
    while !rest.isEmpty {
      let some = rest.prefix(Self.objectsMax)
      rest = rest.dropFirst(Self.objectsMax)
      let input = Array((some.joined(separator: "\n") + "\n").utf8)
      let answer = try await process.demand(call(["cat-file", "--batch"], input: input))
      blobs += Self.parse(answer.output[...])
    }
    guard blobs.count == names.count else {
      throw .unusable(journal: journal, why: "git cat-file leaves objects out.")
    }
    return blobs
  }

  /// The answer of `cat-file --batch`: `ID blob SIZE`, the bytes, a line end; or `NAME missing`.
  private static func parse(_ output: ArraySlice<UInt8>) -> [[UInt8]?] {
    var blobs: [[UInt8]?] = []
    var rest = output
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      rest = rest[(end + 1)...]
      guard words.count == 3, let size = Int(words[2]), size >= 0, rest.count > size else {
        blobs.append(nil)
        continue
      }
      let stop = rest.startIndex + size
      blobs.append(words[1] == "blob" ? Array(rest[..<stop]) : nil)
      rest = rest[(stop + 1)...]
    }
    return blobs
  }
}
