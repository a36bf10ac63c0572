import TestSupport
import Testing

/// What may undo or blur a release later is told before it does.
@Suite struct `A hosting platform that deploys each push by itself` {
  @Test(arguments: [
    (Vendor.render, #"{"autoDeploy": "yes"}"#, #"{"autoDeploy": "no"}"#),
    (.railway, #"{"trigger": "main"}"#, #"{"trigger": null}"#),
  ])
  func `is warned about by doctor, plan and promote, until it does so no more`(
    vendor: Vendor,
    pushesDeploy: String,
    pushesDoNot: String
  ) async throws {
    let words = "gates then judge new code along with it"
    let hosted = try await HostedWorld.settled(vendor)
    try await hosted.platform(pushesDeploy)
    let doctor = try await hosted.run("doctor")
    #expect(doctor.out.contains(words), "\(doctor)")
    let plan = try await hosted.run("plan production --version 2")
    #expect(plan.out.contains(words), "\(plan)")
    let promoted = try await hosted.run("promote --to production --version 2")
    #expect(promoted.out.contains(words), "\(promoted)")

    try await hosted.platform(pushesDoNot)
    let calm = try await hosted.run("doctor")
    #expect(!calm.out.contains(words), "\(calm)")
    try await hosted.expectAll(on: 2)
  }

  @Test func `says so in the plan that programs read`() async throws {
    let hosted = try await HostedWorld.settled(.render)
    let plan = try JSON(try await hosted.run("plan production --version 2 --output json").out)
    #expect(plan["warnings"]?.list.count == 1)
    #expect(plan["changes"]?.list.isEmpty == false)
  }
}
