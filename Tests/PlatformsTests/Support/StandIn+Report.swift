import FoundationEssentials
import TestSupport

extension StandIn {
  /// What it tells about itself.
  struct Report<State: Decodable>: Decodable {
    struct Asked: Decodable {
      var method: String
      var path: String
      var status: Int?
    }
    var requests: [Asked]
    var violations: [String]
    var validates: Bool
    var state: State
  }

  /// What it was asked and what state it is in.
  func report<State: Decodable>(_ state: State.Type) async throws -> Report<State> {
    try JSONDecoder().decode(Report<State>.self, from: Data(try await report().utf8))
  }
}
