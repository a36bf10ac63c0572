import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `An environment's file` {
  /// Every key that an environment may have.
  static let whole = """
    model: iris
    version: "7"
    slot: {alias: champion}
    soak: 24h
    after: staging
    approval: required
    service:
      url: https://iris-api.onrender.com/
      reports-version: {path: /version, field: model.version}
      identity: {successes: 5, within: 1m30s}
    platform:
      render: {service: srv-abc, variable: MODEL_VERSION, count: 3, ratio: 1.5, on: true}
    gates:
      health: {path: /up, expect: {status: healthy, loaded: true}, successes: 2, within: 1m}
      offline: {metric: accuracy, min: 0.94, max-drop: 0.02}
      accuracy: {correct: good_total, total: all_total, min: 0.95, alpha: 0.02, samples-min: 50}
    bake: 10m
    on-failure: hold
    on-undecided: estimate
    write-back: none
    """

  @Test func `says everything that the design shows`() throws {
    let staging = Sample.onAlias("challenger")
    let checked = Sample.read([
      "environments/production.yaml": Self.whole, "environments/staging.yaml": staging,
    ])
    #expect(checked.problems.isEmpty)
    let service = Service(
      url: "https://iris-api.onrender.com",
      reportsVersion: .init(path: "/version", field: "model.version"),
      identity: .init(successes: 5, within: .seconds(90))
    )
    let platform = PlatformChoice(
      kind: "render",
      settings: [
        "service": Setting(.text("srv-abc")), "variable": Setting(.text("MODEL_VERSION")),
        "count": Setting(.whole(3)), "ratio": Setting(.number(1.5)), "on": Setting(.flag(true)),
      ]
    )
    let expect = ["status": "healthy", "loaded": "true"]
    let health = HealthGate(path: "/up", expect: expect, successes: 2, within: .seconds(60))
    var counted = CountedGate(good: "good_total", total: "all_total", min: 0.95)
    counted.alpha = 0.02
    counted.samplesMin = 50
    let version = try #require(VersionNumber(7))
    let expected = Environment(
      name: "production",
      model: ModelName("iris"),
      version: version,
      slot: .alias(name: "champion"),
      targets: [Target(service: service, platform: platform)],
      after: "staging",
      soak: .seconds(86_400),
      needsApproval: true,
      gates: [
        Gate(name: GateName("health"), kind: .health(health)),
        Gate(
          name: GateName("offline"),
          kind: .offline(OfflineGate(metric: "accuracy", min: 0.94, maxDrop: 0.02))
        ),
        Gate(name: GateName("accuracy"), kind: .counted(counted)),
      ],
      bake: .seconds(600),
      onFailure: .hold,
      onUndecided: .estimate,
      writeBack: .none
    )
    #expect(checked.readings["production"]?.environment == expected)
  }

  @Test func `has a default for everything but model, version, slot and address`() throws {
    let environment = try Sample.environment(Sample.minimal)
    let expected = Environment(
      name: "production",
      model: ModelName("iris"),
      version: try #require(VersionNumber(7)),
      slot: .stage(name: "Production"),
      targets: [Target(service: Service(url: "https://iris.example.com"))]
    )
    #expect(environment == expected)
  }

  @Test func `may list services in waves`() throws {
    let text = """
      model: iris
      version: 7
      slot: {stage: Production}
      targets:
        - {name: us, wave: 2, service: {url: "https://us.example"}, platform: {process: }}
        - {name: eu, service: {url: "https://eu.example"}}
      """
    let environment = try Sample.environment(text)
    #expect(environment.waves.map { $0.map(\.name.rawValue) } == [["eu"], ["us"]])
    #expect(environment.targets.map(\.platform.kind) == ["process", "none"])
  }

  @Test func `may judge a bare number`() throws {
    let text = Sample.minimal + "\ngates: {accuracy: {metric: model_accuracy, min: 1, readings: 5}}"
    let gate = GaugeGate(metric: "model_accuracy", min: 1, readings: 5)
    #expect(try Sample.environment(text).gates.map(\.kind) == [.gauge(gate)])
  }

  @Test func `may be empty of comments, full of them, or begin with a byte order mark`() throws {
    let plain = try Sample.environment(Sample.minimal)
    let marked = try Sample.environment("\u{FEFF}" + Sample.minimal)
    let returned = try Sample.environment(Sample.minimal.replacing("\n", with: "\r\n") + "\r\n")
    let commented = try Sample.environment("---\n# *a* & *b*\n" + Sample.minimal + " # the end\n")
    #expect([marked, returned, commented] == [plain, plain, plain])
  }

  @Test(
    arguments: [
      ("yes", .text("yes")), ("NO", .text("NO")), ("007", .text("007")), ("0x1F", .text("0x1F")),
      ("1e3", .text("1e3")), ("12:30", .text("12:30")), ("-3", .whole(-3)), ("0", .whole(0)),
      ("0.5", .number(0.5)), ("\"8000\"", .text("8000")), ("true", .flag(true)), ("~", .nothing),
      ("99999999999999999999", .text("99999999999999999999")), (".inf", .text(".inf")),
      ("[a, 1]", .list([Setting(.text("a")), Setting(.whole(1))])),
      ("{a: 1}", .map(["a": Setting(.whole(1))])),
    ] as [(String, Setting.Value)]
  )
  func `keeps the spelling of a platform's settings`(text: String, value: Setting.Value) throws {
    let platform = "\nplatform: {process: {it: \(text)}}"
    let target = try #require(try Sample.environment(Sample.minimal + platform).targets.first)
    #expect(target.platform.settings["it"]?.value == value)
    #expect(target.platform.settings["it"]?.place == "environments/production.yaml:5:26")
    #expect(target.platform.place == "environments/production.yaml:5:12")
  }
}

@Suite struct `Defaults` {
  static let defaults = """
    model: iris
    service: {identity: {successes: 9}}
    slot: {stage: Staging}
    gates:
      health: {successes: 4, within: 1m}
      accuracy: {correct: c, total: t, min: 0.9, margin: 0.02}
    """

  func read(_ own: String, _ defaults: String = defaults) -> CrossChecks {
    Sample.read([
      "environments/_defaults.yaml": defaults, "environments/production.yaml": own,
    ])
  }

  @Test func `are merged key by key, and the file's own keys win`() throws {
    let own = "version: 7\nservice: {url: http://x}\ngates: {health: {within: 2m}}"
    let environment = try #require(read(own).readings["production"]).environment
    #expect(environment.model == ModelName("iris"))
    #expect(environment.targets.first?.service.identity.successes == 9)
    #expect(
      environment.gate(GateName("health"))?.kind
        == .health(HealthGate(successes: 4, within: .seconds(120)))
    )
    #expect(environment.gates.map(\.name.rawValue) == ["health", "accuracy"])
  }

  @Test func `give way whole where the file chooses another form`() throws {
    let own = """
      version: 7
      slot: {alias: champion}
      targets: [{name: a, service: {url: http://x}}]
      gates: {accuracy: {metric: m}}
      """
    let environment = try #require(read(own).readings["production"]).environment
    #expect(environment.slot == .alias(name: "champion"))
    #expect(environment.targets.map(\.service.identity.successes) == [3])
    #expect(
      environment.gate(GateName("accuracy"))?.kind == .gauge(GaugeGate(metric: "m", min: 0.9))
    )
  }

  @Test func `of a folder stand above those of the top`() throws {
    let checked = Sample.read([
      "environments/_defaults.yaml": "model: iris\nbake: 1m\nsoak: 1h",
      "environments/fraud/_defaults.yaml": "model: fraud",
      "environments/fraud/production.yaml":
        "version: 7\nslot: {alias: a}\nservice: {url: http://x}",
    ])
    let environment = try #require(checked.readings["fraud/production"]).environment
    #expect(environment.model == ModelName("fraud"))
    #expect(environment.bake == .seconds(60))
  }

  @Test func `that are wrong are named with their own place`() throws {
    let own = "version: 7\nservice: {url: http://x}"
    let unknown = try #require(read(own, "model: iris\nslott: {}").problems["production"])
    #expect(unknown.what.hasPrefix("environments/_defaults.yaml:2:1: `slott` is no key"))
    let broken = try #require(read(own, "model: [").problems["production"])
    #expect(broken.what.hasPrefix("environments/_defaults.yaml:2:1: The YAML"))
    let value = try #require(read(own, "model: iris\nslot: {stage: Prod}").problems["production"])
    #expect(value.what.hasPrefix("environments/_defaults.yaml:2:15: One of"))
  }
}
