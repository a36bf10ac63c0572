import Foundation
import TestSupport
import Testing

/// What a line of the report says.
private struct Check: Decodable, Equatable {
  let about: String
  let level: String
  let text: String
  let next: String
}

@Suite struct `release doctor on the platforms' files` {
  private let place: Workplace

  init() async throws {
    place = try await Workplace()
    try await declare()
  }

  private func declare(platform: String = "none") async throws {
    try place.declare(
      "production",
      """
      model: iris
      version: 1
      slot: {alias: champion}
      platform: \(platform)
      service: {url: "http://127.0.0.1:1"}
      gates: {health: {path: /health}}

      """
    )
    try await place.commit()
  }

  /// The report's lines about the descriptors, which may be uncommitted.
  private func checks(_ files: [String: String]) async throws -> [Check] {
    struct Report: Decodable { let checks: [Check] }
    for (path, text) in files { try place.folder.write(text, to: path) }
    let run = try await place.release("doctor", "--output", "json")
    let report = try JSONDecoder().decode(Report.self, from: Data(run.out.utf8))
    return report.checks.filter { $0.about == "descriptors" }
  }

  private func render(_ lines: String, _ rest: String = "") -> [String: String] {
    [
      "render.yaml": """
      services:
        - type: web
          name: iris-api
          \(lines)
          envVars:
            - {key: MODEL_NAME, value: iris}
      \(rest)
      """
    ]
  }

  private func warnings(_ checks: [Check]) -> [String] {
    checks.filter { $0.level == "warning" }.map(\.text)
  }

  @Test func `says nothing where there are none`() async throws {
    #expect(try await checks([:]) == [])
  }

  @Test func `finds nothing wrong with the reference deployment`() async throws {
    var files: [String: String] = [:]
    let paths = ["render.yaml", "railway.json", ".railway/railway.ts", "Procfile", "runtime.txt"]
    for path in paths {
      files[path] = try String(contentsOfFile: "\(Project.root)/\(path)", encoding: .utf8)
    }

    let checks = try await checks(files)

    #expect(checks.contains { $0.text == "render.yaml: iris-api agrees with the environments" })
    #expect(checks.contains { $0.text == ".railway/railway.ts leaves the version alone" })
    // From 2026-12-01 on it says that railway.json may go.
    #expect(warnings(checks).allSatisfy { $0 == "Railway no longer reads railway.json" })
  }

  @Test(arguments: ["value: \"3\"", "generateValue: true"])
  func `names a value that the next sync would set again`(value: String) async throws {
    let files = render(
      "healthCheckPath: /health",
      "      - {key: MODEL_VERSION, \(value)}"
    )

    let checks = try await checks(files)

    #expect(
      warnings(checks) == [
        "render.yaml: iris-api gives MODEL_VERSION a value, so the next sync undoes a release"
      ]
    )
    #expect(checks.first?.next.contains("sync: false") == true)
  }

  @Test func `accepts a version that Render asks for once`() async throws {
    let files = render(
      "healthCheckPath: /health",
      "      - {key: MODEL_VERSION, sync: false}"
    )

    #expect(try await warnings(checks(files)) == [])
  }

  @Test func `looks into the groups of variables too`() async throws {
    let files = render(
      "healthCheckPath: /health",
      "envVarGroups: [{name: shared, envVars: [{key: MODEL_VERSION, value: 3}]}]"
    )

    #expect(try await warnings(checks(files)).first?.contains("group shared gives") == true)
  }

  @Test func `names a health check that looks elsewhere, and one that looks nowhere`() async throws
  {
    let elsewhere = try await checks(render("healthCheckPath: /healthz"))
    let nowhere = try await checks(render("plan: starter"))

    #expect(
      warnings(elsewhere) == [
        "render.yaml: iris-api is checked at /healthz, and the environments look at /health"
      ]
    )
    #expect(warnings(nowhere).first?.contains("names no path for its health check") == true)
  }

  @Test func `names a version under another name than the one that is set`() async throws {
    try await declare(platform: "{render: {service: srv-abc, variable: IRIS_VERSION}}")
    let files = render(
      "healthCheckPath: /health",
      "      - {key: MODEL_VERSION, sync: false}"
    )

    let found = try await warnings(checks(files))

    #expect(
      found == ["render.yaml: iris-api names MODEL_VERSION, and the environments set IRIS_VERSION"]
    )
  }

  @Test func `leaves services alone that are no model's`() async throws {
    let files = ["render.yaml": "services: [{type: web, name: page, healthCheckPath: /}]\n"]

    #expect(try await checks(files) == [])
  }

  @Test(arguments: ["services: [", "a: &a [*b, *b, *b]", "\t- x"])
  func `names a file that cannot be read`(text: String) async throws {
    #expect(try await checks(["render.yaml": text]).map(\.text) == ["render.yaml cannot be read"])
  }

  @Test func `is not held up by aliases that multiply`() async throws {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }

    #expect(try await checks(["render.yaml": text]).map(\.text) == ["render.yaml cannot be read"])
  }

  @Test func `warns of railway.json as long as nothing takes its place`() async throws {
    let deploy = #"{"deploy": {"healthcheckPath": "/health"}}"#

    let alone = try await warnings(checks(["railway.json": deploy]))
    let followed = try await checks([".railway/railway.ts": "MODEL_VERSION: preserve(),\n"])

    #expect(alone.count == 1)
    #expect(alone.first?.contains("railway.json") == true)
    #expect(followed.contains { $0.level == "ok" && $0.text.hasPrefix(".railway/railway.ts") })
  }

  @Test func `names a version that the next apply would set again, or take away`() async throws {
    let fixed = try await checks([".railway/railway.ts": "  MODEL_VERSION: \"3\",\n"])
    let forgotten = try await checks([".railway/railway.ts": "  // MODEL_VERSION: preserve(),\n"])

    #expect(warnings(fixed).first?.contains("so the next apply undoes a release") == true)
    #expect(warnings(forgotten).first?.contains("so the next apply takes it away") == true)
  }

  @Test func `names a command that fixes the version`() async throws {
    let checks = try await checks(["Procfile": "web: MODEL_VERSION=3 uvicorn service:app\n"])

    #expect(
      warnings(checks) == [
        "Procfile: web sets MODEL_VERSION in its command, and serves that version whatever is "
          + "released"
      ]
    )
  }

  @Test func `misses the line for the web, and tells of a release phase`() async throws {
    let checks = try await checks(["Procfile": "release: ./migrate\n"])

    #expect(warnings(checks) == ["Procfile has no line `web:`"])
    #expect(checks.contains { $0.level == "note" && $0.text.contains("at each switch") })
  }

  @Test(
    arguments: [
      ("python-3.11", true), ("# why\n\npython-3.14.7 \n", true), ("python-3.9", false),
      ("python-2.7.18", false), ("3.11", false), ("python-3.11\npython-3.12", false),
      ("python-3.011", false), ("", false),
    ]
  )
  func `knows the runtimes that the buildpack accepts`(text: String, isAccepted: Bool) async throws
  {
    let checks = try await checks(["runtime.txt": text])

    #expect(checks.map(\.level) == [isAccepted ? "ok" : "warning"])
  }
}
