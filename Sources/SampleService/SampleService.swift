import ArgumentParser
import Hummingbird

/// A small model API: one real classifier behind /health, /predict, /feedback and /metrics.
///
/// `release demo` and the tests run it as the service under release. It learns what to serve from
/// MODEL_NAME and MODEL_VERSION, as any service that `release` starts does.
@main
struct SampleService: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample-service",
    abstract: "Serves one exported model over HTTP, and counts how well it does.",
    discussion: """
      MODEL_NAME (default: iris) and MODEL_VERSION say which model is served. With neither \
      --artifacts nor --model it answers every row with class 0, for tests that need only a \
      service that names a version.
      """
  )

  @Option(help: "The port to listen on; 0 takes a free one and prints it.")
  var port = 8080

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "Serve the only file in DIR/MODEL_NAME/MODEL_VERSION/.")
  var artifacts: String?

  @Option(help: "Serve this model file.")
  var model: String?

  @Option(help: "Report this version, whatever MODEL_VERSION says.")
  var reportVersion: String?

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65535, not \(port).")
    }
    guard artifacts == nil || model == nil else {
      throw ValidationError("--artifacts and --model both name the model: give one of them.")
    }
  }

  func run() async throws {
    let served = try ServedModel.load(
      from: source,
      variables: Environment(),
      reportedVersion: reportVersion
    )
    try await Server(host: host, port: port, served: served).run()
  }

  private var source: ModelSource {
    if let artifacts { return .artifacts(directory: artifacts) }
    if let model { return .file(path: model) }
    return .none
  }
}
