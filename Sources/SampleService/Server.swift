import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The HTTP server around the routes.
struct Server: Sendable {
  let host: String
  let port: Int
  let served: ServedModel

  /// A request that has not ended this long after SIGTERM is cut off: its client may never end it.
  private static let shutdownLimit = Duration.seconds(2)

  /// Serves until SIGTERM or SIGINT, and then lets the open requests finish.
  func run() async throws {
    let routes = Routes(
      served: served,
      counters: Counters(servedVersion: served.version),
      processStart: ClockSeconds.now()
    )
    var logger = Logger(label: "sample-service")
    logger.logLevel = .warning
    let application = Application(
      router: routes.router(),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { [host] channel in
        announce(host: host, port: channel.localAddress?.port)
      },
      logger: logger
    )
    var configuration = ServiceGroupConfiguration(
      services: [application],
      gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger
    )
    configuration.maximumGracefulShutdownDuration = Self.shutdownLimit
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch {
      throw ServerProblem.stopped(host: host, port: port, why: "\(error)")
    }
  }
}

/// Tells whoever started this process where it listens; the first line of standard output.
private func announce(host: String, port: Int?) {
  guard let port else { return }
  print("listening on \(host):\(port)")
  // Standard output is buffered when it is a pipe, and the reader waits for this line.
  fflush(nil)
}
