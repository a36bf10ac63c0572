import FoundationEssentials
import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `The reference deployment` {
  @Test func `is valid, with production after staging`() throws {
    let checked = Sample.read(try Self.files())
    #expect(checked.problems.isEmpty)
    #expect(checked.readings.keys.sorted() == ["production", "staging"])
    #expect(checked.readings["production"]?.environment.after == "staging")
    for reading in checked.readings.values {
      #expect(reading.environment.gates.map(\.name.rawValue) == ["health", "accuracy"])
    }
  }

  private static func files() throws -> [String: String] {
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var files: [String: String] = [:]
    for name in ["staging", "production"] {
      let data = try Data(contentsOf: top.appending(path: "environments/\(name).yaml"))
      files["environments/\(name).yaml"] = String(decoding: data, as: UTF8.self)
    }
    return files
  }
}

@Suite struct `The schema for editors` {
  @Test func `is JSON and names every key, gate and platform`() throws {
    let text = EnvironmentSchema.json(platforms: ["render", "process", "none"])
    let value = try JSONDecoder().decode(AnySchema.self, from: Data(text.utf8))
    let properties = try #require(value.properties)
    #expect(properties.keys.sorted() == EnvironmentKeys.environment.names.sorted())
    #expect(properties["gates"]?.properties?.keys.sorted() == EnvironmentKeys.gates.names.sorted())
    #expect(
      properties["platform"]?.oneOf?.last?.properties?.keys.sorted() == ["process", "render"]
    )
    #expect(value.additionalProperties == false)
  }

  private struct AnySchema: Decodable {
    let properties: [String: AnySchema]?
    let oneOf: [AnySchema]?
    let additionalProperties: Bool?

    enum CodingKeys: CodingKey { case properties, oneOf, additionalProperties }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      properties = try container.decodeIfPresent([String: AnySchema].self, forKey: .properties)
      oneOf = try container.decodeIfPresent([AnySchema].self, forKey: .oneOf)
      additionalProperties = try? container.decode(Bool.self, forKey: .additionalProperties)
    }
  }
}
