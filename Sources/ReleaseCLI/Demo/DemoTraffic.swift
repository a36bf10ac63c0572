import FoundationEssentials
import HTTPWire
import ReleaseCore
import Synchronization

/// Labelled traffic: rows are sent to /predict, and their true labels to /feedback, as a client
/// that learns the truth later would.
final class DemoTraffic: Sendable {
  private struct Tally {
    var rows = 0
    var failures = 0
  }

  private let transport: any Transport
  private let urls: [String]
  private let tally = Mutex(Tally())
  private let running: Mutex<Task<Void, Never>?> = Mutex(nil)

  /// Prepares traffic for services.
  init(transport: any Transport, urls: [String]) {
    self.transport = transport
    self.urls = urls
  }

  /// Rows whose label was taken, and requests that failed, mostly while a service restarted.
  var counts: (rows: Int, failures: Int) {
    tally.withLock { ($0.rows, $0.failures) }
  }

  /// Begins to send.
  func start() {
    let task = Task { await send() }
    running.withLock { $0 = task }
  }

  /// Stops sending.
  func stop() async {
    let task = running.withLock { $0 }
    task?.cancel()
    await task?.value
  }

  private func send() async {
    await withTaskGroup(of: Void.self) { group in
      for url in urls {
        for client in 0..<4 {
          group.addTask { await self.send(to: url, client) }
        }
      }
    }
  }

  /// One client: draws rows with replacement, by a fixed seed.
  private func send(to url: String, _ client: Int) async {
    let rows = DemoFiles.rows
    var state = UInt64(client + 1) &* 0x9e37_79b9_7f4a_7c15
    while !Task.isCancelled {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let row = rows[Int(state >> 33) % rows.count]
      do {
        try await send(row, to: url)
        tally.withLock { $0.rows += 1 }
        try await Task.sleep(for: .milliseconds(8))
      } catch {
        tally.withLock { $0.failures += 1 }
        try? await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  private struct Prediction: Decodable {
    let predictions: [Int]
    let classes: [String]
    let model_version: String
  }

  private struct Feedback: Encodable {
    let model_version: String
    let predictions: [Int]
    let labels: [Int]
  }

  private func send(_ row: DemoFiles.Row, to url: String) async throws {
    let asked = try await post(["features": [row.features]], to: "\(url)/predict")
    let prediction = try JSONDecoder().decode(Prediction.self, from: Data(asked))
    guard let label = prediction.classes.firstIndex(of: row.label) else {
      throw WireProblem.malformedReply(Place(url), why: "The service does not know \(row.label).")
    }
    _ = try await post(
      Feedback(
        model_version: prediction.model_version,
        predictions: prediction.predictions,
        labels: [label]
      ),
      to: "\(url)/feedback"
    )
  }

  private func post(_ body: some Encodable, to url: String) async throws -> [UInt8] {
    let request = Request(
      .post,
      url,
      headers: [HeaderField("Content-Type", "application/json")],
      body: Array(try JSONEncoder().encode(body)),
      limits: Limits(connect: .seconds(1), total: .seconds(2))
    )
    let response = try await transport.send(request)
    guard response.status == 200 else {
      throw WireProblem.malformedReply(Place(url), why: "It answered \(response.status).")
    }
    return response.body
  }
}
