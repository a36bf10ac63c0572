import TestSupport

/// A git repository on disk, as someone who uses `release` has it.
struct Workplace {
  /// Its folder, removed with the test.
  let folder: TemporaryFolder

  private let home: TemporaryFolder
  private let binary: ReleaseBinary

  /// Makes an empty repository on branch `main`, or an empty folder.
  init(isRepository: Bool = true) async throws {
    folder = try TemporaryFolder()
    home = try TemporaryFolder()
    binary = try ReleaseBinary(home: home.path)
    if isRepository { try await git("init", "--quiet", "--initial-branch=main", ".") }
  }

  /// Runs `release` in the folder or in one inside it.
  func release(
    _ arguments: String...,
    inside path: String = ".",
    variables: [String: String] = [:]
  ) async throws -> Finished {
    try await binary.run(arguments, in: folder.path + "/" + path, variables: variables)
  }

  /// Runs `release` in the folder.
  func release(_ arguments: [String], variables: [String: String] = [:]) async throws -> Finished {
    try await binary.run(arguments, in: folder.path, variables: variables)
  }

  /// Starts `release` in the folder; what it says as an error comes with what it says otherwise.
  func start(_ arguments: [String]) throws -> ChildProcess {
    let script = #"cd "$1"; shift; exec "$@" 2>&1"#
    return try ChildProcess(
      ["/bin/bash", "-c", script, "start", folder.path, binary.path] + arguments,
      allVariables: binary.variables
    )
  }

  /// Runs git in the folder.
  @discardableResult
  func git(_ arguments: String...) async throws -> String {
    let identity = ["-c", "user.name=tester", "-c", "user.email=tester@localhost"]
    return try await Program.output(
      of: ["git"] + identity + arguments,
      in: folder.path,
      variables: binary.variables
    )
  }

  /// Commits everything.
  func commit(_ message: String = "as it is") async throws {
    try await git("add", "--all", ".")
    try await git("commit", "--quiet", "--message", message)
  }

  /// Gives the branch a bare repository beside it as its remote.
  func addRemote() async throws {
    try await git("init", "--quiet", "--bare", ".git/remote.git")
    try await git("remote", "add", "origin", folder.path + "/.git/remote.git")
    try await git("push", "--quiet", "--set-upstream", "origin", "main")
  }

  /// Writes an environment's file.
  func declare(_ name: String, _ text: String) throws {
    try folder.write(text, to: "environments/\(name).yaml")
  }
}
