import HTTPWire
import Registries
import TestSupport

extension MLflowServer {
  /// One transport for all tests, so that connections are reused as they are in use.
  static let transport = CurlTransport()

  /// The registry under test.
  func registry(
    _ credentials: MLflowCredentials = .none,
    over transport: any Transport = MLflowServer.transport
  ) -> MLflowRegistry {
    MLflowRegistry(
      address: address,
      credentials: credentials,
      transport: transport,
      clock: TestClock(),
      jitter: TestClock.draw
    )
  }
}
