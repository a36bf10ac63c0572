import ArgumentParser
import Glibc

/// The program: one verb a subcommand.
@main
struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Release ML models by git: switch the registry, deploy, prove, go back by itself.",
    discussion: """
      A team declares one model version per environment in environments/*.yaml. `release` \
      switches the version's stage or alias in the registry, makes the platform serve it, judges \
      it by the running API's own health and accuracy, and goes back when it fails.

      Start with `release demo`, or with `release init` in your repository.
      `release --version` prints the version. Exit codes: docs/errors.md.
      """,
    groupedSubcommands: [
      CommandGroup(
        name: "Releasing",
        subcommands: [PromoteCommand.self, RollbackCommand.self, ReconcileCommand.self]
      ),
      CommandGroup(
        name: "Looking",
        subcommands: [
          StatusCommand.self, HistoryCommand.self, ExplainCommand.self, PlanCommand.self,
          ProbeCommand.self,
        ]
      ),
      CommandGroup(
        name: "Deciding",
        subcommands: [
          ApproveCommand.self, RetryCommand.self, HoldCommand.self, ResumeCommand.self,
        ]
      ),
      CommandGroup(
        name: "Setting up",
        subcommands: [
          InitCommand.self, ValidateCommand.self, DoctorCommand.self, RegistryCommand.self,
          DemoCommand.self,
        ]
      ),
    ]
  )

  /// Runs the program; a wrong call exits with 64, as sysexits.h has it.
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    // The library's own flag would answer any wrong call that has `--version N`, with status 0.
    guard CommandLine.arguments.dropFirst() != ["--version"] else {
      say(ReleaseVersion.text)
      return
    }
    if let unknown = UnknownCommand(Array(CommandLine.arguments.dropFirst())) {
      complain(unknown.complaint)
      Self.exit(withError: ExitCode(ExitStatus.usage.rawValue))
    }
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let status as ExitStatus {
      Self.exit(withError: ExitCode(status.rawValue))
    } catch {
      Self.exit(withError: error)
    }
  }
}
