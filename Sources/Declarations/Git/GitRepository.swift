import Git
import ReleaseCore

/// Reads and writes objects of a repository, without a work tree.
struct GitRepository: Sendable {
  /// The repository's own directory.
  let directory: String
  /// How people call it.
  let place: String
  /// Runs git.
  let runner: GitRunner

  /// All blobs that one read takes into memory together.
  private static let contentsMax = 64 << 20

  /// A call of git on this repository.
  func call(_ arguments: [String], input: [UInt8] = []) -> GitRunner.Call {
    GitRunner.Call(arguments: ["--git-dir=\(directory)"] + arguments, input: input)
  }

  /// The commit that a name stands for, nil when there is none.
  func commit(_ name: String) async throws(DeclarationProblem) -> CommitID? {
    let call = call(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"])
    let answer = try await runner.run(call)
    guard answer.isSuccess else {
      // Silence means "no such name"; words mean that the repository cannot be read.
      guard answer.words.isEmpty else { throw GitRunner.failure(call, answer) }
      return nil
    }
    // The option is echoed by git before 2.46; the commit is always the last line.
    return answer.text.split(separator: "\n").last.map { CommitID(String($0)) }
  }

  /// The files under a folder, or the file itself where a file is named.
  func entries(
    at commit: CommitID,
    under path: String
  ) async throws(DeclarationProblem) -> [FolderListing.Entry] {
    let arguments = ["ls-tree", "-r", "-l", "-z", "--full-tree", commit.rawValue, "--", path]
    let answer = try await runner.demand(call(arguments))
    return answer.output.split(separator: 0).compactMap(Self.entry)
  }

  /// One line of `ls-tree`: mode, type, id, size, tab, path.
  private static func entry(_ line: ArraySlice<UInt8>) -> FolderListing.Entry? {
    guard let tab = line.firstIndex(of: 0x09) else { return nil }
    let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
    guard words.count == 4 else { return nil }
    let kind: FolderListing.Entry.Kind =
      switch words[0] {
      case "120000": .link
      case "160000": .submodule
      case _: .file
      }
    return FolderListing.Entry(
      path: String(decoding: line[(tab + 1)...], as: UTF8.self),
      kind: kind,
      id: String(words[2]),
      size: Int(words[3]) ?? 0,
      mode: String(words[0])
    )
  }

  /// The contents of files by their ids; those that do not fit into memory together are left out.
  func contents(
    of entries: [FolderListing.Entry]
  ) async throws(DeclarationProblem) -> [String: [UInt8]] {
    var wanted: [String] = []
    var seen: Set<String> = []
    var size = 0
    for entry in entries where entry.kind == .file && entry.size <= SourceText.bytesMax {
      guard seen.insert(entry.id).inserted, size + entry.size <= Self.contentsMax else { continue }
      size += entry.size
      wanted.append(entry.id)
    }
    guard !wanted.isEmpty else { return [:] }
    var call = call(
      ["cat-file", "--batch"],
      input: Array((wanted.joined(separator: "\n") + "\n").utf8)
    )
    call.outputMax = size + wanted.count * 128
    let answer = try await runner.demand(call)
    return Self.blobs(answer.output[...])
  }

  /// The answer of `cat-file --batch`: `ID blob SIZE`, the bytes, a line end, and so on.
  private static func blobs(_ output: ArraySlice<UInt8>) -> [String: [UInt8]] {
    var blobs: [String: [UInt8]] = [:]
    var rest = output
    while let end = rest.firstIndex(of: 0x0A) {
      let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      rest = rest[(end + 1)...]
      guard words.count == 3, let size = Int(words[2]), size >= 0, rest.count > size else {
        continue
      }
      let stop = rest.startIndex + size
      if words[1] == "blob" { blobs[String(words[0])] = Array(rest[..<stop]) }
      rest = rest[(stop + 1)...]
    }
    return blobs
  }

  /// Whether one commit is another or comes before it.
  func isAncestor(_ earlier: CommitID, of later: CommitID) async throws(DeclarationProblem) -> Bool
  {
    guard earlier != later else { return true }
    let call = call(["merge-base", "--is-ancestor", earlier.rawValue, later.rawValue])
    let answer = try await runner.run(call)
    switch answer.exitCode {
    case 0: return true
    case 1: return false
    case _: throw GitRunner.failure(call, answer)
    }
  }

  /// Those of the commits that are not part of the history of `tip`.
  ///
  /// A commit that is unknown here was dropped from history, too. Only a shallow clone cannot
  /// tell: there the benefit of the doubt is given, or every CI checkout would cry wolf.
  func strangers(
    among commits: Set<CommitID>,
    to tip: CommitID
  ) async throws(DeclarationProblem) -> Set<CommitID> {
    let others = commits.subtracting([tip]).sorted()
    guard !others.isEmpty else { return [] }
    let wellFormed = others.filter {
      $0.rawValue.allSatisfy(\.isHexDigit) && $0.rawValue.count >= 40
    }
    let ids = wellFormed.map(\.rawValue).joined(separator: "\n") + "\n"
    if wellFormed.count == others.count, try await nothing(in: ids, outside: tip) { return [] }
    let checked = try await runner.demand(
      call(["cat-file", "--batch-check"], input: Array(ids.utf8))
    )
    let known = checked.text.split(separator: "\n").filter { $0.contains(" commit ") }
      .compactMap { $0.split(separator: " ").first.map { CommitID(String($0)) } }
    var strangers = Set(others).subtracting(known)
    if !strangers.isEmpty, try await isShallow() { strangers = [] }
    guard !known.isEmpty else { return strangers }
    let range = known.map(\.rawValue).joined(separator: "\n") + "\n^\(tip)\n"
    let outside = try await runner.demand(call(["rev-list", "--stdin"], input: Array(range.utf8)))
    let listed = Set(outside.text.split(separator: "\n").map { CommitID(String($0)) })
    return strangers.union(listed.intersection(known))
  }

  /// Whether all of the commits are known and part of the history of `tip`: the ordinary case, told
  /// by one run of git.
  private func nothing(
    in ids: String,
    outside tip: CommitID
  ) async throws(DeclarationProblem) -> Bool {
    let range = Array("\(ids)^\(tip)\n".utf8)
    let answer = try await runner.run(call(["rev-list", "--max-count=1", "--stdin"], input: range))
    return answer.isSuccess && answer.text.isEmpty
  }

  private func isShallow() async throws(DeclarationProblem) -> Bool {
    try await runner.demand(call(["rev-parse", "--is-shallow-repository"])).text == "true"
  }
}
