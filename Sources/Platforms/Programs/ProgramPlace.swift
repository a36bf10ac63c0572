package import ReleaseCore

/// Where and with what the programs of the `process` and `command` platforms are run.
package struct ProgramPlace: Sendable {
  /// The folder for records, locks and logs, absolute: `.release` of the repository.
  package let stateDirectory: String
  /// The folder that declared folders are relative to, absolute: the repository.
  package let workingDirectory: String
  /// The variables that every program gets; the order's are laid over them.
  package let baseEnvironment: [String: String]
  /// What must never be shown of a program's output.
  package let secrets: [Redacted]

  /// Describes the place; a relative state folder is taken from the working folder.
  package init(
    stateDirectory: String,
    workingDirectory: String,
    baseEnvironment: [String: String],
    secrets: [Redacted] = []
  ) {
    precondition(workingDirectory.hasPrefix("/"), "the working folder is absolute")
    self.stateDirectory = FilePlace.absolute(stateDirectory, in: workingDirectory)
    self.workingDirectory = workingDirectory
    self.baseEnvironment = baseEnvironment
    self.secrets = secrets
  }

  /// A declared folder, absolute.
  func directory(_ declared: String?) -> String {
    declared.map { FilePlace.absolute($0, in: workingDirectory) } ?? workingDirectory
  }

  /// The file that a command's first word means.
  func program(
    _ command: [String],
    in directory: String,
    platform: String
  ) throws(PlatformProblem) -> String {
    let path = baseEnvironment["PATH"] ?? ProgramSearch.ordinaryPath
    let search = ProgramSearch(platform: platform, path: path, directory: directory)
    return try search.program(command)
  }

  /// The base variables with others over them; never the other slot kind's, which would mislead.
  func variables(_ order: DeployOrder, _ declared: [String: String]) -> [String: String] {
    var variables = baseEnvironment
    variables["MODEL_STAGE"] = nil
    variables["MODEL_ALIAS"] = nil
    return variables.merging(declared) { $1 }.merging(order.variables) { $1 }
  }
}
