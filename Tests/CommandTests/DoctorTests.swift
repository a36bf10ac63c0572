import Foundation
import TestSupport
import Testing

@Suite struct `release doctor` {
  /// A repository with one environment, its remote, and its version in the embedded registry.
  private let place: Workplace

  init() async throws {
    place = try await Workplace()
    try place.folder.write("{}", to: ".git/model.json")
    try declare(url: "http://127.0.0.1:1")
    try place.folder.write(".release/\n", to: ".gitignore")
    try await place.commit()
    try await place.addRemote()
    let added = try await place.release(
      "registry",
      "add",
      "iris",
      "--artifact",
      ".git/model.json",
      "--metric",
      "accuracy=0.97"
    )
    try #require(added.status == 0, "\(added.err)")
  }

  private func declare(
    url: String,
    version: Int = 1,
    metric: String = "accuracy",
    platform: String = "none"
  ) throws {
    try place.declare(
      "production",
      """
      model: iris
      version: \(version)
      slot: {alias: champion}
      platform: \(platform)
      service:
        url: \(url)
        identity: {successes: 1, within: 5s}
      gates:
        offline: {metric: \(metric), min: 0.9}
        health: {path: /health, expect: {status: healthy}, successes: 1, within: 5s}

      """
    )
  }

  private func commit() async throws {
    try await place.commit()
    try await place.git("push", "--quiet")
  }

  @Test func `finds nothing wrong once the version that is served was taken up`() async throws {
    let service = try await ModelService(version: 1)
    try declare(url: service.url)
    try await commit()
    let taken = try await place.release("reconcile", "--once")
    try #require(taken.status == 0, "\(taken)")

    let run = try await place.release("doctor")

    #expect(run.status == 0, "\(run)")
    #expect(run.out.hasSuffix("All is well.\n"), "\(run.out)")
    #expect(run.out.contains("✓ branch main may be pushed to"))
    #expect(run.out.contains("✓ gate offline: accuracy is 0.97"))
    #expect(run.out.contains("✓ version 1 is proven, and there to return to"))
    #expect(run.out.contains("serves 1, as declared"))
    #expect(run.out.contains("every chain is whole"))
  }

  @Test func `names a service that is down`() async throws {
    let port = try FreePort.next()
    try declare(url: "http://127.0.0.1:\(port)")
    try await commit()

    let run = try await place.release("doctor")

    #expect(run.status == 13)
    #expect(run.out.contains("✗ service http://127.0.0.1:\(port)"))
    #expect(run.out.contains("GET http://127.0.0.1:\(port)/health answers JSON"))
  }

  @Test func `does not miss a service that the first release will start`() async throws {
    let address = "http://127.0.0.1:\(try FreePort.next())"
    try declare(url: address, platform: "{process: {command: [sh]}}")
    try await commit()

    let run = try await place.release("doctor")

    #expect(run.status == 0, "\(run)")
    #expect(run.out.contains("✓ platform process is ready"))
    #expect(run.out.contains("! service \(address)"))
    #expect(run.out.contains("the first release starts it"))
  }

  @Test func `names a program that a platform would not find`() async throws {
    let service = try await ModelService(version: 1)
    try declare(url: service.url, platform: "{command: {run: [no-such-program]}}")
    try await commit()

    let run = try await place.release("doctor")

    #expect(run.status == 31)
    #expect(run.out.contains("✗ platform command: \"no-such-program\" cannot be run."))
  }

  @Test func `names a registry that is dead, and still looks at the service`() async throws {
    let service = try await ModelService(version: 1)
    try declare(url: service.url)
    try await commit()
    let address = "http://127.0.0.1:\(try FreePort.next())"

    let run = try await place.release("doctor", variables: ["MLFLOW_TRACKING_URI": address])

    #expect(run.status == 30)
    #expect(run.out.contains("✗ The registry at \(address) cannot be reached."))
    #expect(run.out.contains("[registry.unreachable]"))
    #expect(run.out.contains("serves 1, as declared"))
  }

  @Test func `names a version and a metric that are not registered`() async throws {
    let service = try await ModelService(version: 1)
    try declare(url: service.url, metric: "acuracy")
    try await commit()
    let metric = try await place.release("doctor")
    try declare(url: service.url, version: 9)
    try await commit()
    let version = try await place.release("doctor")

    #expect(metric.status == 30)
    #expect(metric.out.contains("no usable metric \"acuracy\""))
    #expect(metric.out.contains("Name one of accuracy."))
    #expect(version.status == 30)
    #expect(version.out.contains("no version 9 of model \"iris\". It has 1."))
  }

  @Test func `says what to do where there is no git`() async throws {
    let run = try await place.release("doctor", variables: ["PATH": "/nonexistent"])

    #expect(run.status == 32)
    #expect(run.out.contains("✗ git cannot be run"))
    #expect(run.out.contains("Install git"))
  }

  @Test func `says what to do where nothing is declared`() async throws {
    try await place.git("rm", "--quiet", "-r", "environments")
    try await commit()

    let run = try await place.release("doctor")

    #expect(run.status == 33)
    #expect(run.out.contains("[declaration.nothing-declared]"))
    #expect(run.out.contains("release init"))
  }

  @Test func `names the place of a mistake, and looks at the other environments`() async throws {
    try place.declare("staging", "model: iris\nversoin: 1\n")
    try await commit()

    let run = try await place.release("doctor")

    #expect(run.status == 33)
    #expect(run.out.contains("environments/staging.yaml:2:1"))
    #expect(run.out.contains("version 1 of iris is registered"))
  }

  @Test func `names a remote that is gone`() async throws {
    try FileManager.default.removeItem(atPath: place.folder.path + "/.git/remote.git")

    let run = try await place.release("doctor")

    #expect(run.out.contains("[git.not-a-repository]"))
    #expect(run.out.contains("✓ 1 environment is valid"))
  }

  @Test func `pushes nothing when it asks whether it may`() async throws {
    try place.declare("staging", "nonsense\n")
    try await place.commit()

    _ = try await place.release("doctor")

    #expect(try await place.git("rev-list", "--count", "origin/main..main") == "1\n")
    #expect(
      try await place.git("ls-remote", "origin", "main").hasPrefix(
        try await place.git("rev-parse", "main~1").dropLast()
      )
    )
  }

  @Test func `names a journal that cannot be read`() async throws {
    try place.folder.write(
      String(repeating: "no journal ", count: 1000),
      to: ".release/journal.sqlite"
    )

    let run = try await place.release("doctor")

    #expect(run.status == 1)
    #expect(run.out.contains("[journal.unusable]"))
  }

  @Test func `leaves the journal as it was, and hinders no controller`() async throws {
    for _ in 1...2 {
      #expect(try await place.release("doctor").out.contains("0 entries of 0 environments"))
    }
  }

  @Test func `shows which secrets are set and never what they are`() async throws {
    try place.folder.write("s3cret-in-a-file\n", to: ".git/token")
    let variables = [
      "MLFLOW_TRACKING_URI": "http://127.0.0.1:\(try FreePort.next())",
      "MLFLOW_TRACKING_USERNAME": "s3cret-name", "GITHUB_TOKEN": "s3cret-token",
      "MLFLOW_TRACKING_TOKEN_FILE": place.folder.path + "/.git/token",
      "MLFLOW_TRACKING_PASSWORD_FILE": "/nonexistent",
    ]

    let run = try await place.release("doctor", variables: variables)

    #expect(run.out.contains("MLFLOW_TRACKING_TOKEN set, MLFLOW_TRACKING_USERNAME set"))
    #expect(run.out.contains("GITHUB_TOKEN set, GITLAB_TOKEN not set"))
    #expect(run.out.contains("! MLFLOW_TRACKING_PASSWORD_FILE names a file that cannot be read"))
    #expect(!(run.out + run.err).contains("s3cret"))
  }

  @Test func `ends by itself when everything hangs`() async throws {
    let listener = try Listener()
    try declare(url: listener.url)
    try await place.commit()
    try await place.git("remote", "set-url", "origin", "\(listener.url)/remote.git")

    let run = try await place.release("doctor", variables: ["MLFLOW_TRACKING_URI": listener.url])

    #expect(run.status == 13)
    #expect(run.out.contains("[git.unreachable]"))
    #expect(run.out.contains("[registry.unreachable]"))
    #expect(run.out.contains("✗ service \(listener.url)"))
  }

  @Test func `tells programs the same`() async throws {
    struct Report: Decodable {
      struct Check: Decodable {
        let about: String
        let level: String
        let next: String
      }
      let schema: String
      let checks: [Check]
      let problems: Int
      let exit: Int32
    }

    let run = try await place.release("doctor", "--output", "json")
    let report = try JSONDecoder().decode(Report.self, from: Data(run.out.utf8))

    #expect(report.schema == "release/doctor/1")
    #expect(report.exit == run.status)
    let problems = report.checks.filter { $0.level == "problem" }
    #expect(problems.count == report.problems)
    #expect(problems.allSatisfy { $0.about == "production" && !$0.next.isEmpty })
  }
}
