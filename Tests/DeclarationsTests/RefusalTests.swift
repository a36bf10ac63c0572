import ReleaseCore
import Testing

@testable import Declarations

/// A text that is refused, with the place, a piece of the reason and a piece of the remedy.
struct RefusedText: Sendable, CustomTestStringConvertible {
  let text: String
  let place: String
  let why: String
  let next: String

  init(_ text: String, _ place: String, _ why: String, _ next: String) {
    self.text = text
    self.place = "environments/production.yaml:\(place)"
    self.why = why
    self.next = next
  }

  var testDescription: String { "\(place) \(why)" }
}

@Suite struct `A file that is refused` {
  static let heads = "model: iris\nversion: 7\nslot: {stage: Production}\n"
  static let served = heads + "service: {url: \"https://x.example\"}\n"

  static func gate(_ text: String) -> String { served + "gates:\n  \(text)\n" }

  static let keys: [RefusedText] = [
    .init(served + "gate: {}\n", "5:1", "`gate` is no key of `production`", "mean `gates`"),
    .init(served + "onFailure: hold\n", "5:1", "`onFailure` is no key", "mean `on-failure`"),
    .init(served + "zebra: 1\n", "5:1", "`zebra` is no key", "Known are `model`, `version`"),
    .init(served + "version: 8\n", "2:1", "`version` stands more than once", "Keep one"),
    .init(served + "service: {}\n", "4:1", "`service` stands more than once", "Keep one"),
    .init(
      "version: 7\nslot: {stage: Production}\nservice: {url: http://x}",
      "1:1",
      "lacks `model`",
      "Add `model:`"
    ),
    .init("model: iris\nslot: {stage: Production}\n", "1:1", "lacks `version`", "Add `version:`"),
    .init("model: iris\nversion: 7\n", "1:1", "lacks `slot`", "Add `slot:`"),
    .init(heads, "1:1", "neither `service` nor `targets`", "service: {url:"),
    .init(heads + "service: {}\n", "4:10", "`service` lacks `url`", "Add `url:`"),
    .init("", "1:1", "lacks `model`", "Add `model:`"),
    .init("# nothing\n", "1:1", "lacks `model`", "Add `model:`"),
    .init("- a\n", "1:1", "is a list, not a mapping", "model: NAME"),
    .init("just words\n", "1:1", "not a mapping", "model: NAME"),
    .init(served + "after:\n", "5:7", "`after` has no value", "Give it one"),
    .init(
      served + "targets: [{name: a, service: {url: http://x}}]\n",
      "4:1",
      "exclude each other",
      "Move it"
    ),
  ]

  static let values: [RefusedText] = [
    .init(served.replacing("7", with: "0"), "2:10", "positive whole number, not `0`", "7"),
    .init(served.replacing("7", with: "-1"), "2:10", "not `-1`", "7"),
    .init(served.replacing("7", with: "7.0"), "2:10", "not `7.0`", "7"),
    .init(served.replacing("7", with: "07"), "2:10", "not `07`", "7"),
    .init(served.replacing("7", with: "0x7"), "2:10", "not `0x7`", "7"),
    .init(served.replacing("7", with: "1e1"), "2:10", "not `1e1`", "7"),
    .init(served.replacing("7", with: "latest"), "2:10", "not `latest`", "7"),
    .init(served.replacing("7", with: "[7]"), "2:10", "not a list", "7"),
    .init(served.replacing("iris", with: "[iris]"), "1:8", "not a list", "text"),
    .init(served.replacing("iris", with: "a/b"), "1:8", "no name of a registered model", "MLflow"),
    .init(served + "bake: 10\n", "5:7", "needs its unit; 10 has none", "10s, 10m or 10h"),
    .init(served + "bake: soon\n", "5:7", "A time is wanted", "90s"),
    .init(served + "bake: 1000000000d\n", "5:7", "more than a year", "365d"),
    .init(served + "bake: 99999999999999999999999999999h\n", "5:7", "A time is wanted", "90s"),
    .init(served + "bake: {}\n", "5:7", "not a mapping", "90s"),
    .init(served + "soak: 24h\n", "5:7", "named by `after`", "Add `after:`"),
    .init(served + "approval: yes\n", "5:11", "`required` and `none` is wanted, not `yes`", "one"),
    .init(served + "on-failure: rolback\n", "5:13", "not `rolback`", "mean `rollback`"),
    .init(served + "on-undecided: pass\n", "5:15", "`estimate` is wanted", "Write one"),
    .init(served + "write-back: comit\n", "5:13", "wanted", "mean `commit`"),
    .init(served + "after: nowhere\n", "5:8", "no environment \"nowhere\"", "Known are none"),
  ]

  static let slots: [RefusedText] = [
    .init(
      served.replacing("{stage: Production}", with: "Production"),
      "3:7",
      "is a mapping",
      "slot: {stage: Production}"
    ),
    .init(served.replacing("{stage: Production}", with: "{}"), "3:7", "neither a stage", "alias"),
    .init(
      served.replacing("Production}", with: "Production, alias: a}"),
      "3:7",
      "both a stage",
      "alias"
    ),
    .init(
      served.replacing("Production}", with: "production}"),
      "3:15",
      "not `production`",
      "mean `Production`"
    ),
    .init(served.replacing("Production}", with: "Archived}"), "3:15", "nobody serves", "Staging"),
    .init(served.replacing("Production}", with: "None}"), "3:15", "nobody serves", "Staging"),
    .init(
      served.replacing("stage: Production", with: "alias: latest"),
      "3:15",
      "reserved",
      "champion"
    ),
    .init(
      served.replacing("stage: Production", with: "alias: V12"),
      "3:15",
      "reserved",
      "champion"
    ),
    .init(served.replacing("stage: Production", with: "alias: a.b"), "3:15", "no alias", "letters"),
    .init(served.replacing("stage:", with: "stages:"), "3:8", "no key of `slot`", "mean `stage`"),
  ]

  static let addresses: [RefusedText] = [
    .init(heads + "service: {url: ftp://x.example}\n", "4:16", "no http or https", "https://"),
    .init(heads + "service: {url: iris.example}\n", "4:16", "no http or https", "https://"),
    .init(
      heads + "service: {url: \"https://u:p@x.example\"}\n",
      "4:16",
      "user name or a password",
      "secrets never"
    ),
    .init(heads + "service: {url: \"https://x.example?a=b\"}\n", "4:16", "a query", "nothing more"),
    .init(heads + "service: {url: \"https://\"}\n", "4:16", "no host", "https://"),
    .init(heads + "service: {url: \"https://x:99999\"}\n", "4:16", "no host", "https://"),
    .init(heads + "service: {url: \"https://x y\"}\n", "4:16", "a blank", "Percent-encode"),
    .init(heads + "service: {url: \"https://ex\\\\evil\"}\n", "4:16", "a backslash", "Percent"),
    .init(
      heads + "service: {url: \"http://x\", reports-version: {path: health}}\n",
      "4:52",
      "begins with one slash",
      "Write `/health`"
    ),
    .init(
      heads + "service: {url: \"http://x\", identity: {successes: 0}}\n",
      "4:50",
      "0 is not between 1 and 1000",
      "range"
    ),
  ]

  static let gates: [RefusedText] = [
    .init(gate("golden: {file: a.csv}"), "6:3", "`golden` is not known to this version", "offline"),
    .init(gate("latency: {}"), "6:3", "`latency` is not known to this version", "health"),
    .init(gate("errors: {}"), "6:3", "`errors` is not known to this version", "accuracy"),
    .init(gate("acuracy: {}"), "6:3", "no key of `gates`", "mean `accuracy`"),
    .init(gate("accuracy: {correct: c, total: t}"), "6:13", "lacks `min`", "Add `min:`"),
    .init(gate("accuracy: {correct: c, min: 0.9}"), "6:13", "`correct` and `total`", "Name both"),
    .init(gate("accuracy: {min: 0.9}"), "6:13", "`correct` and `total`", "metric"),
    .init(
      gate("accuracy: {metric: m, total: t, min: 0.9}"),
      "6:25",
      "belongs to counters",
      "metric"
    ),
    .init(
      gate("accuracy: {metric: m, min: 0.9, margin: 0.1}"),
      "6:35",
      "belongs to counters",
      "else"
    ),
    .init(
      gate("accuracy: {correct: c, total: t, min: 95}"),
      "6:41",
      "between 0 and 1",
      "Write 0.95"
    ),
    .init(gate("accuracy: {correct: c, total: t, min: 95%}"), "6:41", "A number", "share: 0.95"),
    .init(gate("accuracy: {correct: c, total: t, min: 1.0}"), "6:41", "first wrong answer", "0.99"),
    .init(gate("accuracy: {correct: c, total: t, min: 0}"), "6:41", "could never fail", "above 0"),
    .init(gate("accuracy: {correct: c, total: t, min: .nan}"), "6:41", "A number", "finite"),
    .init(gate("accuracy: {correct: c, total: t, min: nan}"), "6:41", "A number", "finite"),
    .init(gate("accuracy: {correct: c, total: t, min: .inf}"), "6:41", "A number", "finite"),
    .init(gate("accuracy: {correct: c, total: t, min: 1e999}"), "6:41", "A number", "finite"),
    .init(gate("accuracy: {correct: c, total: t, min: \"0.9\"}"), "6:41", "A number", "quotes"),
    .init(
      gate("accuracy: {correct: c, total: t, min: 0.9, margin: 0.9}"),
      "6:54",
      "stay above 0",
      "between 0 and 0.9"
    ),
    .init(gate("accuracy: {correct: c, total: t, min: 0.005}"), "6:41", "stay above 0", "margin"),
    .init(
      gate("accuracy: {correct: c, total: t, min: 0.9, alpha: 0}"),
      "6:53",
      "a probability",
      "0.01"
    ),
    .init(
      gate("accuracy: {correct: c, total: t, min: 0.9, beta: 0.6}"),
      "6:52",
      "at most 0.5",
      "0.01"
    ),
    .init(
      gate("accuracy: {correct: c, total: t, min: 0.9, samples-max: 10}"),
      "6:46",
      "`samples-min` is 20 and `samples-max` 10",
      "20 and 8000"
    ),
    .init(gate("accuracy: {correct: c, total: t, min: 0.9, within: 0s}"), "6:54", "No time", "5m"),
    .init(gate("accuracy: {correct: \"c d\", total: t, min: 0.9}"), "6:23", "a blank", "exactly"),
    .init(gate("offline: {metric: accuracy}"), "6:12", "no limit", "max-drop"),
    .init(gate("offline: {metric: a, max-drop: -1}"), "6:34", "negative", "0.02"),
    .init(gate("health: {expect: healthy}"), "6:20", "a mapping of fields", "status: healthy"),
    .init(gate("health: 5"), "6:11", "`health` is a mapping", "below it"),
  ]

  static let platforms: [RefusedText] = [
    .init(served + "platform: rendr\n", "5:11", "no platform `rendr`", "mean `render`"),
    .init(served + "platform: render\n", "5:11", "needs its settings", "platform: {render:"),
    .init(served + "platform: {none: {}}\n", "5:12", "`none` has no settings", "platform: none"),
    .init(served + "platform: {kubernetes: {}}\n", "5:12", "no platform `kubernetes`", "`render`"),
    .init(
      served + "platform: {render: {}, process: {}}\n",
      "5:24",
      "names 2 platforms",
      "Keep one"
    ),
    .init(served + "platform: []\n", "5:11", "not a list", "platform: none"),
    .init(served + "platform: {render: srv}\n", "5:20", "a mapping of settings", "below it"),
    .init(served + "platform: {render: {service: 7}}\n", "5:30", "needs the text `service`", "Add"),
  ]

  static let targets: [RefusedText] = [
    .init(heads + "targets: []\n", "4:10", "a list of services", "wave: 1"),
    .init(heads + "targets: [{name: a}]\n", "4:11", "lacks `service`", "Add `service:`"),
    .init(heads + "targets: [{service: {url: http://x}}]\n", "4:11", "lacks `name`", "Add `name:`"),
    .init(
      heads + "targets: [{name: a/b, service: {url: http://x}}]\n",
      "4:18",
      "no name for a target",
      "letters"
    ),
    .init(
      heads
        + "targets:\n- {name: a, service: {url: http://x}}\n- {name: a, service: {url: http://y}}\n",
      "6:10",
      "Two targets are called",
      "own name"
    ),
    .init(
      heads + "targets: [{name: a, wave: 0, service: {url: http://x}}]\n",
      "4:27",
      "0 is not between",
      "range"
    ),
  ]

  static let yaml: [RefusedText] = [
    .init(served + "---\n" + served, "5:1", "A second document", "one environment in one file"),
    .init("a: &x 1\nb: *x\n", "1:4", "anchors and aliases", "_defaults.yaml"),
    .init("a: *x\n", "1:4", "anchors and aliases", "_defaults.yaml"),
    .init("<<: {a: 1}\n", "1:1", "Merge keys", "_defaults.yaml"),
    .init("model: !!binary aXJpcw==\n", "1:8", "YAML tags", "Remove the tag"),
    .init("model: !!set {a, b}\n", "1:8", "YAML tags", "Remove the tag"),
    .init("model: iris\n\tversion: 7\n", "2:1", "A tab stands", "spaces"),
    .init("model: iris\n  version: 7\n", "2:10", "cannot be read", "indentation"),
    .init("model: [iris\n", "2:1", "cannot be read", "indentation"),
    .init("? [a, b]\n: 1\n", "1:3", "A key is a list", "key: value"),
    .init("model: \"a\u{0}b\"\n", "1:10", "U+0000", "Remove it"),
    .init("model: iris # \u{202E}sdrawkcab\n", "1:15", "U+202E", "Remove it"),
    .init("model: iris\u{2028}version: 7\n", "1:12", "U+2028", "Remove it"),
  ]

  @Test(arguments: keys + values + slots + addresses + gates + platforms + targets + yaml)
  func `names the exact place, the reason and the remedy`(_ refused: RefusedText) throws {
    let problem = try #require(Sample.problem(refused.text))
    guard case .invalid(let place, let why, let nextStep) = problem else {
      Issue.record("\(problem)")
      return
    }
    #expect(place == refused.place)
    #expect(why.contains(refused.why), "\(why)")
    #expect(nextStep.contains(refused.next), "\(nextStep)")
  }

  @Test func `is refused when it is not UTF-8, at the first wrong byte`() {
    let bytes = Array("model: iris\nversion: ".utf8) + [0xFF] + Array("\n".utf8)
    #expect(throws: Mistake.self) { try YAMLDocument(bytes, file: "a.yaml") }
    do throws(Mistake) {
      _ = try YAMLDocument(bytes, file: "a.yaml")
    } catch {
      #expect(error.place.description == "a.yaml:2:10")
    }
  }

  @Test(arguments: [
    String(repeating: "[", count: 10_000),
    String(repeating: "{a: ", count: 10_000),
    (0..<40).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    "a: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
  ])
  func `is refused when nested without end`(_ text: String) throws {
    let problem = try #require(Sample.problem(text))
    #expect(
      problem.what.contains("nested more than 32 deep") || problem.what.contains("cannot be read")
    )
  }

  @Test func `is refused when it is an alias bomb, before any alias is followed`() throws {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let problem = try #require(Sample.problem(bomb))
    #expect(problem.what.contains("81 words that begin with `*`"))
  }

  @Test func `is refused when an alias bomb is its keys`() throws {
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1...7 {
      bomb += "a\(level): &a\(level) {? [*a\(level - 1), *a\(level - 1)] : x}\n"
    }
    #expect(Sample.problem(bomb) != nil)
  }

  @Test(arguments: [
    "a: [" + String(repeating: "x,", count: 500_000) + "]",
    String(repeating: "- x\n", count: 250_000),
    (0..<80_000).map { "k\($0): x\n" }.joined(),
  ])
  func `is refused when it has too many values`(_ text: String) throws {
    let problem = try #require(Sample.problem(text))
    #expect(problem.what.contains("more than 20000 values"))
  }

  @Test func `is refused when it is larger than a megabyte, without a look inside`() throws {
    let problem = try #require(Sample.problem(String(repeating: "#", count: (1 << 20) + 1)))
    #expect(problem.what.contains("The file has 1048577 bytes"))
  }
}
