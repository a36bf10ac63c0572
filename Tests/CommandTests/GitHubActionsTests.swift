import Foundation
import TestSupport
import Testing

@Suite struct `In a job of GitHub Actions` {
  /// A repository with one environment, and three versions in the embedded registry.
  private let place: Workplace
  private let variables: [String: String]

  init() async throws {
    place = try await Workplace()
    try place.folder.write("{}", to: ".git/model.json")
    try place.folder.write(".release/\n", to: ".gitignore")
    for _ in 1...3 {
      let added = try await place.release(
        "registry",
        "add",
        "iris",
        "--artifact",
        ".git/model.json"
      )
      try #require(added.status == 0, "\(added.err)")
    }
    variables = [
      "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_ACTOR": "ada",
      "GITHUB_STEP_SUMMARY": place.folder.path + "/.git/summary.md",
      "GITHUB_OUTPUT": place.folder.path + "/.git/outputs",
    ]
  }

  private func declare(url: String, version: Int = 1, status: String = "healthy") async throws {
    try place.declare(
      "production",
      """
      model: iris
      version: \(version)
      slot: {alias: champion}
      service:
        url: \(url)
        identity: {successes: 1, within: 1s}
      gates:
        health: {path: /health, expect: {status: \(status)}, successes: 1, within: 1s}

      """
    )
    try await place.commit()
  }

  private func promote(_ version: Int, _ further: [String: String] = [:]) async throws -> Finished {
    try await place.release(
      "promote",
      "--to",
      "production",
      "--version",
      String(version),
      variables: variables.merging(further) { _, new in new }
    )
  }

  /// The outputs as the runner reads them: the last value of each name counts.
  private func outputs() throws -> [String: String] {
    var outputs: [String: String] = [:]
    var lines = try place.folder.read(".git/outputs").split(
      separator: "\n",
      omittingEmptySubsequences: false
    )[...]
    while let line = lines.popFirst() {
      if let sign = line.firstIndex(of: "="), !line[..<sign].contains("<<") {
        outputs[String(line[..<sign])] = String(line[line.index(after: sign)...])
      } else if let range = line.range(of: "<<") {
        let delimiter = line[range.upperBound...]
        let end = try #require(lines.firstIndex(of: delimiter), "\(delimiter) does not come back")
        outputs[String(line[..<range.lowerBound])] = lines[..<end].joined(separator: "\n")
        lines = lines[(end + 1)...]
      }
    }
    return outputs
  }

  private func annotations(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.hasPrefix("::") }
  }

  @Test func `a release that succeeds leaves a notice, its gates and its outputs`() async throws {
    let service = try await ModelService(version: 2)
    try await declare(url: service.url)

    let run = try await promote(2)

    #expect(run.status == 0, "\(run)")
    #expect(
      annotations(run.out) == [
        "::notice title=production runs version 2.::health 1 of 1 good answers in a row: pass"
      ]
    )
    let summary = try place.folder.read(".git/summary.md")
    #expect(summary.hasPrefix("### ✅ production: "), "\(summary)")
    #expect(
      summary.contains("| gate | verdict | numbers |\n| --- | --- | --- |\n| health | pass |")
    )
    #expect(summary.contains("production runs version 2 (proven)."))
    #expect(summary.contains("<details><summary>What happened</summary>"))
    let outputs = try outputs()
    #expect(outputs["environment"] == "production")
    #expect(outputs["version"] == "2")
    #expect(outputs["outcome"] == "done")
    #expect(outputs["exit"] == "0")
    #expect(try await outputs["commit"].map { "\($0)\n" } == place.git("rev-parse", "main"))
  }

  @Test func `a gate that fails is an error with its numbers and the next step`() async throws {
    let service = try await ModelService(version: 2)
    try await declare(url: service.url, status: "excellent")

    let run = try await promote(2)

    #expect(run.status == 11, "\(run)")
    let errors = annotations(run.out)
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("::error title=production is held.::") == true, "\(errors)")
    #expect(errors.first?.contains("%0A") == true)
    let summary = try place.folder.read(".git/summary.md")
    #expect(summary.hasPrefix("### ❌ production is held."), "\(summary)")
    #expect(summary.contains("| health | fail |"))
    #expect(summary.contains("**Why:** "))
    #expect(summary.contains("**Next:** "))
    let outputs = try outputs()
    #expect(outputs["outcome"] == "noWayBack")
    #expect(outputs["exit"] == "11")
  }

  @Test func `a version that is never served is rejected, and the outputs name the one that runs`()
    async throws
  {
    let service = try await ModelService(version: 2)
    try await declare(url: service.url)
    try #require(try await promote(2).status == 0)

    let run = try await promote(3)

    #expect(run.status == 10, "\(run)")
    #expect(annotations(run.out).first?.hasPrefix("::error title=production rejected") == true)
    #expect(
      try place.folder.read(".git/summary.md").contains("### ⚠️ production rejected version 3.")
    )
    let outputs = try outputs()
    #expect(outputs["version"] == "2")
    #expect(outputs["outcome"] == "gateFailed")
    #expect(outputs["reason"]?.hasPrefix("version 3 is rejected: ") == true, "\(outputs)")
    #expect(try await outputs["commit"].map { "\($0)\n" } == place.git("rev-parse", "main"))
    #expect(try await place.git("show", "main:environments/production.yaml").contains("version: 2"))
  }

  @Test func `a refused promotion is an error with a code to look up`() async throws {
    try await declare(url: "http://127.0.0.1:\(try FreePort.next())")

    let run = try await promote(9)

    #expect(run.status == 30, "\(run)")
    #expect(annotations(run.out).first?.hasPrefix("::error title=production refuses") == true)
    #expect(try outputs()["outcome"] == "registry")
  }

  @Test func `a pass over all environments tells of each that needs a person`() async throws {
    let service = try await ModelService(version: 1)
    try await declare(url: service.url)
    try place.declare("broken", "model: iris\nversoin: 1\n")
    try await place.commit()

    let run = try await place.release("reconcile", "--once", variables: variables)

    #expect(run.status == 33, "\(run)")
    let found = annotations(run.out)
    #expect(found.count == 2)
    #expect(found.contains { $0.hasPrefix("::notice title=production runs version 1.::") })
    #expect(
      found.contains { $0.hasPrefix("::error file=environments/broken.yaml,line=2,col=1,title=") }
    )
    let summary = try place.folder.read(".git/summary.md")
    #expect(summary.hasPrefix("| environment | version | state | why |"))
    #expect(summary.contains("### ❌ broken is not usable as declared"))
    #expect(try outputs()["outcome"] == "declaration")
  }

  @Test func `a pass that changes nothing says nothing at the top of the run`() async throws {
    let service = try await ModelService(version: 1)
    try await declare(url: service.url)
    try #require(try await place.release("reconcile", "--once").status == 0)

    let run = try await place.release("reconcile", "--once", variables: variables)

    #expect(run.status == 0)
    #expect(annotations(run.out) == [])
    #expect(try outputs()["outcome"] == "done")
  }

  @Test func `a mistake in a file is shown at its line`() async throws {
    try place.declare("staging", "model: iris\nversoin: 1\n")

    let run = try await place.release("validate", variables: variables)

    #expect(run.status == 33)
    #expect(
      annotations(run.out).first?.hasPrefix("::error file=environments/staging.yaml,line=2,col=1,")
        == true
    )
  }

  @Test func `a problem before anything began is told too`() async throws {
    try await declare(url: "http://127.0.0.1:\(try FreePort.next())")

    let run = try await place.release("rollback", "nowhere", variables: variables)

    #expect(run.status == 33)
    #expect(annotations(run.out).first?.contains("[declaration.environment-missing]") == true)
    #expect(try outputs()["exit"] == "33")
  }

  @Test func `a reason of many lines cannot set an output of its own`() async throws {
    let service = try await ModelService(version: 1)
    try await declare(url: service.url)
    let reason = "late\nexit=0\noutcome=done"
    try #require(try await place.release("hold", "production", "--reason", reason).status == 0)

    let run = try await place.release("reconcile", "--once", variables: variables)

    #expect(run.status == 20, "\(run)")
    let outputs = try outputs()
    #expect(outputs["exit"] == "20")
    #expect(outputs["outcome"] == "refused")
    #expect(outputs["reason"]?.contains("exit=0") == true)
  }

  @Test func `a document for programs stays one`() async throws {
    try await declare(url: "http://127.0.0.1:\(try FreePort.next())")

    let run = try await place.release(
      "reconcile",
      "--once",
      "--output",
      "json",
      variables: variables
    )

    #expect(try JSONSerialization.jsonObject(with: Data(run.out.utf8)) is [String: Any])
    #expect(annotations(run.err).first?.hasPrefix("::error title=production") == true, "\(run)")
  }

  @Test func `a summary that is nearly full is cut off, and the outputs are not`() async throws {
    let service = try await ModelService(version: 2)
    try await declare(url: service.url)
    let present = String(repeating: "x", count: (1 << 20) - 200) + "\n"
    try place.folder.write(present, to: ".git/summary.md")

    let run = try await promote(2)

    #expect(run.status == 0)
    let summary = try place.folder.read(".git/summary.md")
    #expect(summary.utf8.count <= 1 << 20)
    #expect(summary.hasSuffix("The rest is in the log.\n"))
    #expect(try outputs()["exit"] == "0")
  }

  @Test func `a file of the job that cannot be written fails nothing`() async throws {
    let service = try await ModelService(version: 2)
    try await declare(url: service.url)

    let run = try await promote(2, ["GITHUB_OUTPUT": "/dev/null/outputs"])

    #expect(run.status == 0)
    #expect(annotations(run.out).contains { $0.hasPrefix("::warning title=/dev/null/outputs") })
  }

  @Test func `elsewhere nothing of it is printed`() async throws {
    let service = try await ModelService(version: 2)
    try await declare(url: service.url)

    let run = try await promote(2, ["GITHUB_ACTIONS": ""])

    #expect(run.status == 0)
    #expect(annotations(run.out + run.err) == [])
    #expect(!place.folder.holds(".git/summary.md"))
    #expect(!place.folder.holds(".git/outputs"))
  }
}
