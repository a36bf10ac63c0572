import Glibc

/// The built `sample-service`, run as its users run it until the last reference to it goes.
package final class ModelService: Sendable {
  /// Where it listens.
  package let port: Int
  /// Its address.
  package var url: String { "http://127.0.0.1:\(port)" }
  private let process: ChildProcess

  /// It did not say where it listens; this is what it said.
  package struct Failure: Error { let line: String }

  /// Starts the service and waits until it says where it listens.
  package init(_ arguments: [String] = ["--port", "0"], version: Int) async throws {
    process = try ChildProcess(
      Self.command(arguments),
      allVariables: Self.variables(version: version)
    )
    let line = try await process.nextLine()
    let prefix = "listening on 127.0.0.1:"
    guard line.hasPrefix(prefix), let port = Int(line.dropFirst(prefix.count)) else {
      process.signal(SIGKILL)
      throw Failure(line: line)
    }
    self.port = port
  }

  deinit { process.signal(SIGKILL) }

  /// Runs a service that refuses to start, to its end.
  package static func refusal(_ arguments: [String], version: Int) async throws -> Finished {
    try await Program.run(command(arguments), variables: variables(version: version))
  }

  /// Sends it SIGTERM and answers with its exit status; the number of a signal is negative.
  package func terminate() async -> Int32? {
    process.signal(SIGTERM)
    return await process.end()
  }

  private static func command(_ arguments: [String]) -> [String] {
    [Project.executable("sample-service")] + arguments
  }

  private static func variables(version: Int) -> [String: String] {
    ProcessVariables.clean(home: "/nonexistent")
      .merging(["MODEL_NAME": "iris", "MODEL_VERSION": "\(version)"]) { $1 }
  }
}
