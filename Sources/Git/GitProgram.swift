import FoundationEssentials
import ReleaseCore
import Subprocess
import SystemPackage

/// The program git: an argument list and never a shell, no prompts, no hooks, a deadline, a size limit.
package struct GitProgram: Sendable {
  /// Variables of the caller that git may see.
  ///
  /// Those that would move it to another repository,
  /// such as GIT_DIR inside a hook, are not among them.
  private static let passed: Set = [
    "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_CONFIG_HOME", "SSH_AUTH_SOCK", "GIT_SSH",
    "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "SSL_CERT_FILE",
    "SSL_CERT_DIR", "CURL_CA_BUNDLE", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "GIT_CONFIG_GLOBAL",
    "GIT_EXEC_PATH",
  ]

  /// Settings against whatever a repository's own configuration or content might start.
  private static let fixedSettings = [
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.quotePath=false", "gc.auto=0",
    "maintenance.auto=false", "fetch.recurseSubmodules=false", "submodule.recurse=false",
    "i18n.commitEncoding=UTF-8", "color.ui=false",
  ]

  private let variables: [String: String]
  private let credentials: GitCredentials

  /// Takes the variables of the process, of which git sees only what it needs.
  ///
  /// - Parameters:
  ///   - variables: The process's variables.
  ///   - others: Further names of which git may see the values.
  package init(variables: [String: String], passing others: Set<String> = []) {
    credentials = GitCredentials(variables)
    var kept = variables.filter { Self.passed.union(others).contains($0.key) }
    kept["GIT_TERMINAL_PROMPT"] = "0"
    kept["GIT_CONFIG_NOSYSTEM"] = "1"
    kept["GIT_ALLOW_PROTOCOL"] = "file:https:http:ssh"
    kept["GIT_OPTIONAL_LOCKS"] = "0"
    kept["LC_ALL"] = "C.UTF-8"
    self.variables = kept
  }

  /// Whether git sees a variable of that name, given by the caller.
  package func has(_ variable: String) -> Bool { variables[variable] != nil }

  /// Runs git and waits for it.
  ///
  /// - Throws: When git cannot be run, or says more than is read. A failure of git itself is an
  ///   answer, for only the caller knows what it means.
  package func run(_ call: GitCall) async throws(GitFailure) -> GitAnswer {
    let header = call.remote.flatMap(credentials.header)
    let environment = environment(for: call, header: header)
    let settings = Self.fixedSettings.flatMap { ["-c", $0] }
    var options = PlatformOptions()
    // A session of its own: no terminal to prompt on, and one group to end when time is over.
    options.createSession = true
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
    ]
    do {
      // Given a name, Subprocess starts a process in each folder of PATH until one succeeds.
      let git = try await Executable.name("git").resolveExecutablePath(in: environment)
      let configuration = Configuration(
        executable: .path(git),
        arguments: Arguments(settings + call.arguments),
        environment: environment,
        platformOptions: options
      )
      let answer = try await Self.run(configuration, call, secrets: header?.secrets ?? [])
      return answer
        ?? GitAnswer(exitCode: nil, output: [], words: "No answer in \(call.allowance.text).")
    } catch let error as SubprocessError {
      throw Self.failure(error, call)
    } catch let failure as GitFailure {
      throw failure
    } catch is CancellationError {
      throw GitFailure(command: call.shown, why: "It was cancelled.")
    } catch {
      throw GitFailure(command: call.shown, why: "It could not be run: \(error)")
    }
  }

  /// Races git against its deadline; nil when the deadline came first.
  private static func run(
    _ configuration: Configuration,
    _ call: GitCall,
    secrets: [String]
  ) async throws -> GitAnswer? {
    try await withThrowingTaskGroup(of: GitAnswer?.self) { group in
      group.addTask {
        guard !call.input.isEmpty else {
          return try await answer(configuration, .none, call, secrets)
        }
        let input = try StandardInput(call.input).descriptor
        defer { try? input.close() }
        let file = FileDescriptorInput.fileDescriptor(input, closeAfterSpawningProcess: false)
        return try await answer(configuration, file, call, secrets)
      }
      group.addTask {
        try await Task.sleep(for: call.allowance)
        return nil
      }
      let first = try await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }

  private static func answer(
    _ configuration: Configuration,
    _ input: some InputProtocol,
    _ call: GitCall,
    _ secrets: [String]
  ) async throws -> GitAnswer {
    let result = try await Subprocess.run(
      configuration,
      input: input,
      output: .bytes(limit: call.outputMax),
      error: .bytes(limit: 1 << 20)
    )
    let words = GitWords.clean(result.standardError, secrets: secrets)
    switch result.terminationStatus {
    case .exited(let code):
      return GitAnswer(exitCode: code, output: result.standardOutput, words: words)
    case .signaled(let signal):
      return GitAnswer(exitCode: 128 + signal, output: [], words: words)
    }
  }

  private func environment(
    for call: GitCall,
    header: GitCredentials.Header?
  ) -> Subprocess.Environment {
    var all = variables.merging(call.variables) { _, new in new }
    let settings = header?.settings ?? []
    all["GIT_CONFIG_COUNT"] = String(settings.count)
    for (index, setting) in settings.enumerated() {
      all["GIT_CONFIG_KEY_\(index)"] = setting.key
      all["GIT_CONFIG_VALUE_\(index)"] = setting.value
    }
    let pairs = all.compactMap { name, value in
      Subprocess.Environment.Key(rawValue: name).map { ($0, value) }
    }
    return .custom(Dictionary(uniqueKeysWithValues: pairs))
  }

  private static func failure(_ error: SubprocessError, _ call: GitCall) -> GitFailure {
    if error.code == .executableNotFound {
      return GitFailure(command: "git", why: "git is not installed, or not in PATH.")
    }
    if error.code == .outputLimitExceeded {
      return GitFailure(command: call.shown, why: "It answers more than \(call.outputMax) bytes.")
    }
    return GitFailure(command: call.shown, why: "It could not be run: \(error)")
  }
}
