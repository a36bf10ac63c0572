import ReleaseCore

/// A version as MLflow describes it.
struct MLflowVersion: Decodable {
  /// A name and its value; the server leaves out an empty value on some versions.
  struct Tag: Decodable {
    var key: String
    var value: String?
  }

  var name: String
  var version: VersionText
  var currentStage: String?
  var creationTimestamp: Milliseconds?
  var lastUpdatedTimestamp: Milliseconds?
  var source: String?
  var runId: String?
  var status: String?
  var tags: [Tag]?
  var aliases: [String]?

  /// A version number written as a JSON string.
  struct VersionText: Decodable {
    var number: VersionNumber

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let number = VersionNumber(text: text) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a version")
      }
      self.number = number
    }
  }

  /// A time, written as a number or, as protocol buffers do with 64 bits, as a string.
  struct Milliseconds: Decodable {
    var value: Int64

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self), let value = Int64(text) {
        self.value = value
      } else {
        value = try container.decode(Int64.self)
      }
    }
  }

  /// The stage, nil for MLflow's `None`.
  var stage: String? { currentStage == "None" || currentStage == "" ? nil : currentStage }

  /// Whether it is in a stage, which MLflow knows in any case.
  func isIn(_ stage: String) -> Bool { self.stage?.lowercased() == stage.lowercased() }

  /// The id of the training run; MLflow writes an empty one for none.
  var run: String? { runId == "" ? nil : runId }

  /// What identifies the content.
  ///
  /// MLflow has no checksum of an artifact. A run and a path inside it are written once, so they
  /// stand for the content. A path elsewhere may be written again and registered again under a
  /// number that was freed by deleting the newest version, so the time of registration counts too:
  /// what was proven or rejected must not pass to another artifact.
  var digest: String {
    let created = creationTimestamp.map { String($0.value) } ?? ""
    return "registration-sha256:" + Digest.sha256("\(run ?? "")\n\(source ?? "")\n\(created)")
  }

  /// The version in the words of the core, without metrics.
  var registered: RegisteredVersion {
    RegisteredVersion(
      number: version.number,
      digest: digest,
      isReady: status == "READY",
      stage: stage,
      aliases: (aliases ?? []).sorted(),
      tags: Dictionary((tags ?? []).map { ($0.key, $0.value ?? "") }) { _, last in last }
    )
  }
}
