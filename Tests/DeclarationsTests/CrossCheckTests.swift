import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `Environments of one commit` {
  func staged(_ stage: String, _ extra: String = "", model: String = "iris") -> String {
    "model: \(model)\nversion: 7\nslot: {stage: \(stage)}\nservice: {url: http://x}\n\(extra)\n"
  }

  @Test func `find the one beside them before one at the top`() {
    let checked = Sample.read([
      "environments/staging.yaml": Sample.onAlias("one"),
      "environments/fraud/staging.yaml": Sample.onAlias("two"),
      "environments/fraud/production.yaml": Sample.onAlias("three", extra: "after: staging"),
      "environments/fraud/canary.yaml": Sample.onAlias("four", extra: "after: fraud/production"),
      "environments/other/staging.yaml": Sample.onAlias("five", extra: "after: fraud/staging"),
    ])
    #expect(checked.problems.isEmpty)
    let after = checked.readings.mapValues { $0.environment.after?.rawValue }
    #expect(after["fraud/production"] == "fraud/staging")
    #expect(after["fraud/canary"] == "fraud/production")
    #expect(after["other/staging"] == "fraud/staging")
  }

  @Test func `are refused in a circle, each of it and no other`() {
    let checked = Sample.read([
      "environments/a.yaml": Sample.onAlias("a", extra: "after: c"),
      "environments/b.yaml": Sample.onAlias("b", extra: "after: a"),
      "environments/c.yaml": Sample.onAlias("c", extra: "after: b"),
      "environments/d.yaml": Sample.onAlias("d", extra: "after: a"),
      "environments/e.yaml": Sample.onAlias("e", extra: "after: e"),
    ])
    #expect(checked.readings.keys.sorted() == ["d"])
    #expect(
      checked.problems["a"]?.what == """
        environments/a.yaml:5:8: The order goes in a circle: a after c after b after a.
        """
    )
    #expect(checked.problems["e"]?.what.contains("e after e") == true)
  }

  @Test func `are refused when they share a slot, naming each other`() {
    let checked = Sample.read([
      "environments/a.yaml": Sample.onAlias("champion"),
      "environments/b.yaml": Sample.onAlias("champion"),
      "environments/c.yaml": Sample.onAlias("champion").replacing("iris", with: "fraud"),
    ])
    #expect(checked.readings.keys.sorted() == ["c"])
    #expect(
      checked.problems["a"]?.what
        == "environments/a.yaml:3:7: The slot alias champion of iris is also that of b."
    )
    #expect(checked.problems["b"]?.what.contains("also that of a") == true)
  }

  @Test func `of one model on stages must be ordered`() {
    let unordered = Sample.read([
      "environments/production.yaml": staged("Production"),
      "environments/staging.yaml": staged("Staging"),
      "environments/fraud/production.yaml": staged("Production", model: "fraud"),
      "environments/champion.yaml": Sample.onAlias("champion"),
    ])
    #expect(unordered.problems.keys.sorted() == ["production", "staging"])
    #expect(unordered.problems["staging"]?.nextStep.contains("slot: {alias: champion}") == true)
    let ordered = Sample.read([
      "environments/production.yaml": staged("Production", "after: canary"),
      "environments/canary.yaml": Sample.onAlias("canary", extra: "after: staging"),
      "environments/staging.yaml": staged("Staging"),
    ])
    #expect(ordered.problems.isEmpty)
  }

  @Test func `of another model cannot come before`() {
    let checked = Sample.read([
      "environments/production.yaml": staged("Production", "after: staging"),
      "environments/staging.yaml": staged("Staging", model: "fraud"),
    ])
    #expect(checked.readings.keys.sorted() == ["staging"])
    #expect(checked.problems["production"]?.what.contains("runs the model fraud, not iris") == true)
  }

  @Test func `go on when one of them is broken, also those after it`() {
    let checked = Sample.read([
      "environments/staging.yaml": "model: [",
      "environments/production.yaml": staged("Production", "after: staging"),
      "environments/lonely.yaml": Sample.onAlias("x", extra: "after: stagin"),
    ])
    #expect(checked.readings.keys.sorted() == ["production"])
    #expect(checked.problems["lonely"]?.nextStep == "Did you mean `staging`?")
  }

  @Test func `are named by their files, and odd names are refused`() {
    let checked = Sample.read([
      "environments/production.yml": Sample.minimal,
      "environments/PROD.YAML": Sample.minimal,
      "environments/a b.yaml": Sample.minimal,
      "environments/ü.yaml": Sample.minimal,
      "environments/a\nb.yaml": Sample.minimal,
      "environments/-x.yaml": Sample.minimal,
      "environments/.hidden.yaml": "not: [read",
      "environments/README.md": "not read",
      "environments/golden/iris.csv": "1,2",
    ])
    #expect(checked.readings.isEmpty)
    #expect(
      checked.problems.keys.map(\.rawValue).sorted()
        == ["-x", "PROD.YAML", "a b", "a\u{FFFD}b", "production.yml", "ü"]
    )
    #expect(checked.problems["production.yml"]?.nextStep == "Rename it to end in .yaml.")
  }
}
