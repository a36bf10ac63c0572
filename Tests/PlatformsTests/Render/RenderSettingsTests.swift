import ReleaseCore
import Testing

@testable import Platforms

@Suite struct `Settings of Render` {
  private func read(_ settings: [String: String]) throws(DeclarationProblem) -> RenderSettings {
    try RenderSettings(
      PlatformChoice(
        kind: "render",
        settings: settings.mapValues { Setting(.text($0), place: "production.yaml:9:5") },
        place: "production.yaml:8:3"
      )
    )
  }

  @Test func `need no more than the service`() throws {
    let settings = try read(["service": "srv-abc"])
    #expect(settings.variable == "MODEL_VERSION")
    #expect(settings.mode == .deployOnly)
    #expect(settings.timeout == .seconds(3600))
  }

  @Test func `say when the service follows the slot, and when code is built`() throws {
    let settings = try read([
      "service": "srv-abc", "variable": "none", "deploy": "build_and_deploy",
    ])
    #expect(settings.variable == nil)
    #expect(settings.mode == .buildAndDeploy)
    #expect(settings.timeout == .seconds(10_800))
  }

  @Test(arguments: [
    [:], ["service": "iris-api"], ["service": "srv-"], ["service": "srv-a/../b"],
    ["service": "crn-abc"], ["service": "srv-abc", "deploy": "rebuild"],
    ["service": "srv-abc", "variable": "RELEASE_STEP"], ["service": "srv-abc", "variable": "1X"],
    ["service": "srv-abc", "timeout": "soon"], ["service": "srv-abc", "token": "rnd_1"],
  ])
  func `are refused with their place when they are wrong`(settings: [String: String]) {
    do throws(DeclarationProblem) {
      let read = try read(settings)
      Issue.record("\(read)")
    } catch {
      guard case .invalid(let place, _, let nextStep) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(place.hasPrefix("production.yaml:"))
      #expect(!nextStep.isEmpty)
    }
  }

  @Test func `without a key make no platform, and say where to get one`() throws {
    let maker = RenderPlatformMaker(
      transport: Workbench.transport,
      clock: TestClock(),
      token: { nil }
    )
    let choice = PlatformChoice(kind: "render", settings: ["service": Setting(.text("srv-abc"))])
    do throws(PlatformProblem) {
      _ = try maker.make(choice)
      Issue.record("it was made")
    } catch {
      #expect(error.code == "platform.unauthorized")
      #expect(error.why.contains("RENDER_API_KEY"))
      #expect(error.nextStep.contains("https://dashboard.render.com"))
    }
  }
}
