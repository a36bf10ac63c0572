import FoundationEssentials
import HTTPWire
import ReleaseCore

/// What MLflow answers.
///
/// Empty lists and maps are left out by the server, so every list is optional.
enum MLflowReply {
  /// One version in an object of its own.
  struct OneVersion: Decodable {
    var modelVersion: MLflowVersion
  }

  /// A page of versions.
  struct VersionPage: Decodable {
    var modelVersions: [MLflowVersion]?
    var nextPageToken: String?
  }

  /// A model with the names that point at its versions.
  struct OneModel: Decodable {
    struct Model: Decodable { var aliases: [Alias]? }
    struct Alias: Decodable {
      var alias: String
      var version: MLflowVersion.VersionText
    }
    var registeredModel: Model

    /// The aliases of each version that has any, in alphabetical order.
    var aliases: [VersionNumber: [String]] {
      Dictionary(grouping: registeredModel.aliases ?? [], by: \.version.number)
        .mapValues { $0.map(\.alias).sorted() }
    }
  }

  /// A training run in an object of its own.
  struct OneRun: Decodable {
    var run: MLflowRun
  }

  /// Any JSON object, for answers whose content does not matter.
  struct Anything: Decodable {}

  /// Reads an answer's body; nil when it is not such an object.
  static func decode<Reply: Decodable>(_ type: Reply.Type, from response: Response) -> Reply? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard response.body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
    return try? decoder.decode(type, from: Data(response.body))
  }
}
