import ArgumentParser

/// `release doctor`: what would stop a release, before one is begun.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check git, registry, credentials, journal, platforms and services.",
    discussion: """
      Says of everything that a release needs whether it is there, and how to mend what is not. \
      Changes nothing and takes at most 15 seconds. Exits with the status that a release would \
      end with because of the gravest problem.
      """
  )

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let wiring = Wiring(options)
    let report = await Doctor(wiring).examine()
    switch options.output {
    case .text: report.show(on: Terminal(wiring.settings))
    case .json: sayJSON(DoctorShape(report))
    }
    if report.status != .done { throw report.status }
  }
}
