import ArgumentParser
import ReleaseCore

/// `release demo`: the main job, on this machine, in a minute.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "See a release, a rejected release and a rollback on this machine, in a minute.",
    discussion: """
      In a temporary folder: a git repository with staging and production, the embedded registry \
      with three scikit-learn models, two running services and labelled traffic. Every number \
      shown is measured in that run.
      """
  )

  @Flag(help: "Leave the folder and the services for play.")
  var keep = false

  @Option(help: ArgumentHelp("Where; a new temporary folder by default.", valueName: "folder"))
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "Stop the services of a demo that was kept, and remove its folder.",
      valueName: "folder"
    )
  )
  var stop: String?

  func run() async throws {
    let settings = Settings.ofThisProcess()
    let demo: Demo
    do throws(ProblemRecord) {
      if let stop {
        try await Demo.stop(stop, settings)
        return
      }
      demo = try await Demo.prepare(in: folder, settings)
    } catch {
      throw Desk.report(error, .text)
    }
    do {
      try await demo.play()
    } catch {
      await demo.close(keeping: keep)
      throw error
    }
    await demo.close(keeping: keep)
  }
}
