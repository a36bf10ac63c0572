import Glibc
import HTTPWire
import Registries
import ReleaseCore

/// Points the stage Production of an MLflow model at versions: one of two processes in a race.
///
///     RegistryRaceTool ADDRESS MODEL
///
/// Reads a version a line from its input and answers with a line: `done`, or the problem's code.
@main
struct RegistryRaceTool {
  static func main() async {
    let registry = MLflowRegistry(
      address: CommandLine.arguments[1],
      transport: CurlTransport(),
      clock: ElapsedClock(),
      jitter: ElapsedClock.draw
    )
    let model = ModelName(CommandLine.arguments[2])
    while let version = readLine().flatMap({ VersionNumber(text: $0) }) {
      do throws(RegistryProblem) {
        try await registry.point(.stage(name: "Production"), of: model, at: version)
        answer("done")
      } catch {
        answer(error.code)
      }
    }
  }

  /// Without a buffer: whoever reads it is waiting.
  private static func answer(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDOUT_FILENO, line, line.count)
  }
}
