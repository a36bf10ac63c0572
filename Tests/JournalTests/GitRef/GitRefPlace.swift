import FoundationEssentials
import Journal
import ReleaseCore
import TestSupport

/// A bare repository that keeps journals, with runners that know only its address.
final class GitRefPlace: Sendable {
  /// The bare repository.
  let repository: GitRepository
  /// Over HTTP when it is served, else as a file.
  let server: GitHTTPServer?
  let clock = HandClock()
  private let folder: TemporaryFolder
  private let variables: [String: String]

  init(isServed: Bool = false, credentials: String = "") async throws {
    folder = try TemporaryFolder()
    repository = try await GitRepository(at: folder.path + "/repositories/r.git", isBare: true)
    try await repository.git(["config", "http.receivepack", "true"])
    server =
      isServed ? try GitHTTPServer(folder.path + "/repositories", credentials: credentials) : nil
    variables = ProcessVariables.clean(home: folder.path)
  }

  /// The address that runners are given.
  var url: String {
    if let server { return server.url + "/r.git" }
    return "file://" + repository.path
  }

  /// A runner with an empty disk, or with the disk of an earlier one.
  func runner(
    disk: String = UUID().uuidString,
    token: String? = nil,
    clock: (any Clock)? = nil
  ) throws(JournalProblem) -> GitRefJournal {
    var variables = variables
    variables["RELEASE_GIT_TOKEN"] = token
    return try GitRefJournal(
      remote: url,
      cacheDirectory: self.disk(disk),
      variables: variables,
      clock: clock ?? self.clock,
      runner: UUID().uuidString
    )
  }

  /// The folder that is a runner's disk.
  func disk(_ name: String) -> String { "\(folder.path)/disks/\(name)" }

  /// All refs of the repository.
  func refs() async throws -> [String] {
    try await repository.git(["for-each-ref", "--format=%(refname)"]).split(separator: "\n")
      .map { String($0) }
  }

  /// How many pushes a ref of ours has taken: each brings one commit.
  func pushes(to refs: String...) async throws -> Int {
    let known = Set(try await self.refs())
    var count = 0
    for ref in refs where known.contains(ref) {
      let answer = try await repository.git(["rev-list", "--count", ref])
      count += Int(answer.filter(\.isNumber)) ?? 0
    }
    return count
  }
}
