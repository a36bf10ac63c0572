import ReleaseCore
import Testing

@testable import Platforms

@Suite struct `Reading a platform's settings` {
  private func problem(_ kind: String, _ settings: [String: Setting]) -> DeclarationProblem? {
    let choice = PlatformChoice(kind: kind, settings: settings, place: "production.yaml:8:3")
    do throws(DeclarationProblem) {
      switch kind {
      case "process": _ = try ProcessSettings(choice)
      case "command": _ = try CommandSettings(choice)
      case _: _ = try WebhookSettings(choice)
      }
      return nil
    } catch {
      return error
    }
  }

  private func at(_ value: Setting.Value) -> Setting {
    Setting(value, place: "production.yaml:9:5")
  }

  private let words = Setting(.list([Setting(.text("uvicorn")), Setting(.whole(8000))]))

  @Test func `takes what DESIGN shows`() throws {
    let settings = try ProcessSettings(
      PlatformChoice(
        kind: "process",
        settings: [
          "command": words, "directory": Setting(.text("examples/iris")),
          "variable": Setting(.text("MODEL_VERSION")), "overlap": Setting(.flag(true)),
          "stop-timeout": Setting(.text("1m30s")),
        ]
      )
    )
    #expect(settings.command == ["uvicorn", "8000"])
    #expect(settings.directory == "examples/iris")
    #expect(settings.overlap)
    #expect(settings.stopTimeout == .seconds(90))
    #expect(settings.log == nil)
  }

  @Test func `refuses an unknown key with the nearest spelling`() {
    #expect(
      problem("process", ["command": words, "overlpa": at(.flag(true))])
        == .invalid(
          place: "production.yaml:9:5",
          why: "platform process has no setting \"overlpa\".",
          nextStep: "Did you mean overlap?"
        )
    )
    #expect(
      problem("process", ["command": words, "port": at(.whole(1))])?.nextStep
        == "It has command, directory, variable, overlap, stop-timeout, log."
    )
  }

  @Test func `refuses a missing key at the platform's own place`() {
    #expect(
      problem("webhook", [:])
        == .invalid(
          place: "production.yaml:8:3",
          why: "platform webhook needs \"url\".",
          nextStep: "Add url: https://…."
        )
    )
  }

  @Test(arguments: [
    ("command", "run", Setting.Value.text("docker compose up"), "not a list of words"),
    ("command", "run", .list([]), "not a list of words"),
    ("command", "run", .list([Setting(.text(""))]), "names no program"),
    ("command", "run", .list([Setting(.text("a")), Setting(.number(1.1))]), "not a plain text"),
    ("command", "run", .list([Setting(.text("a\0b"))]), "not a plain text"),
    ("command", "timeout", .whole(5), "not a duration"),
    ("command", "timeout", .text("0s"), "not a duration"),
    ("command", "environment", .map(["A B": Setting(.text(""))]), "not the name of a variable"),
    ("process", "variable", .text("1A"), "not the name of a variable"),
    ("process", "overlap", .text("yes"), "neither true nor false"),
    ("process", "directory", .nothing, "not a text"),
    ("webhook", "url", .text("example.org/hook"), "not an http or https URL"),
    ("webhook", "url", .text("https://"), "not an http or https URL"),
    ("webhook", "url", .text("https://me:secret@example.org"), "contains credentials"),
  ])
  func `refuses a wrong value at its place`(
    kind: String,
    key: String,
    value: Setting.Value,
    why: String
  ) {
    let needed: [String: Setting] =
      switch kind {
      case "process": ["command": words]
      case "command": ["run": words]
      case _: ["url": Setting(.text("https://example.org"))]
      }
    let problem = problem(kind, needed.merging([key: at(value)]) { $1 })
    guard case .invalid(let place, let found, _) = problem else {
      Issue.record("it was taken")
      return
    }
    #expect(found.contains(why))
    #expect(place.hasPrefix("production.yaml:"))
  }
}
