import TestSupport
import Testing

@Suite(.serialized) struct `A release through staging to production` {
  private typealias Act = MainJob.Act

  private func expect(
    _ status: Int32,
    of act: MainJob.Act,
    _ job: MainJob,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let words = try job.words(of: act)
    #expect(words.status == status, "\(words)", sourceLocation: sourceLocation)
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `begins with what is declared`(setting: MainJob.Setting) async throws {
    let job = try await MainJob.done(setting)
    try expect(0, of: .meetStaging, job)
    try expect(0, of: .meetProduction, job)
    #expect(try job.scene(after: .meetProduction).served == ["staging": 1, "production": 1])
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `takes a good version all the way`(setting: MainJob.Setting) async throws {
    let job = try await MainJob.done(setting)
    try expect(0, of: .promoteToStaging, job)
    try expect(0, of: .promoteToProduction, job)
    let scene = try job.scene(after: .promoteToProduction)
    #expect(scene.served == ["staging": 2, "production": 2])
    #expect(scene.versions(in: "Production") == [2])
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `goes back by itself when a gate fails`(setting: MainJob.Setting) async throws {
    let job = try await MainJob.done(setting)
    try expect(0, of: .promoteBrokenToStaging, job)
    try expect(10, of: .promoteBrokenToProduction, job)
    let scene = try job.scene(after: .promoteBrokenToProduction)
    #expect(scene.served["production"] == 2)
    #expect(scene.versions(in: "Production") == [2])
    #expect(job.rejectionFile.contains("\nversion: 2\n"))
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `changes one number of the file and nothing else`(setting: MainJob.Setting) async throws {
    let job = try await MainJob.done(setting)
    #expect(job.rejectionFile == job.firstFile.replacing("version: 1\n", with: "version: 2\n"))
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `tells git with gate and numbers why it went back`(setting: MainJob.Setting) async throws {
    let message = try await MainJob.done(setting).rejectionMessage
    let subject = /production: back to 2 \(accuracy 0\.[0-9]+ < 0\.8, n=[0-9]+\)\n/
    #expect(try subject.prefixMatch(in: message) != nil, "\(message)")
    #expect(message.contains("\nRelease-Rejected: 3\nRelease-Gate: accuracy\n"), "\(message)")
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `lets the registry remember what was proven and rejected`(
    setting: MainJob.Setting
  ) async throws {
    let versions = try await MainJob.done(setting).scene(after: .promoteBrokenToProduction).versions
    let verdicts = versions.map { $0.tags["release.production.verdict"] }
    #expect(verdicts == ["proven", "proven", "rejected"])
    let evidence = try #require(versions.last?.tags["release.production.evidence"])
    #expect(evidence.contains("accuracy 0."), "\(evidence)")
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `changes nothing when there is nothing to do`(setting: MainJob.Setting) async throws {
    let job = try await MainJob.done(setting)
    // The first pass gives staging back what production took from it.
    try expect(0, of: .settle, job)
    try expect(0, of: .idle, job)
    #expect(try job.scene(after: .idle) == job.scene(after: .settle))
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `refuses a rejected version and touches nothing`(setting: MainJob.Setting) async throws {
    let job = try await MainJob.done(setting)
    try expect(20, of: .promoteBrokenAgain, job)
    #expect(try job.scene(after: .promoteBrokenAgain) == job.scene(after: .idle))
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `tries a rejected version once more when a person says so`(
    setting: MainJob.Setting
  ) async throws {
    let job = try await MainJob.done(setting)
    try expect(0, of: .retry, job)
    try expect(10, of: .promoteBrokenOnceMore, job)
    #expect(try job.scene(after: .promoteBrokenOnceMore).served["production"] == 2)
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `can derive each decision again`(setting: MainJob.Setting) async throws {
    let job = try await MainJob.done(setting)
    try expect(0, of: .explain, job)
    let text = try job.words(of: .explain).out
    let match = try #require(
      try /([0-9]+) of ([0-9]+) decisions of production follow again/.firstMatch(in: text),
      "\(text)"
    )
    #expect(match.1 == match.2)
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `leaves a whole journal`(setting: MainJob.Setting) async throws {
    try expect(0, of: .verify, try await MainJob.done(setting))
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `tells programs the truth`(setting: MainJob.Setting) async throws {
    let job = try await MainJob.done(setting)
    try expect(0, of: .showStatus, job)
    let status = try JSON(try job.words(of: .showStatus).out).list
    let production = try #require(status.first { $0["environment"] == "production" })
    #expect(production["declared"] == 2)
    #expect(production["slot"] == [2])
    #expect(production["served"]?["service"] == "2")
    #expect(production["standing"] == 2)
    #expect(production["proven"] == true)
    #expect(production["rejected"] == [3])
    #expect(production["state"] == "resting")
  }

  @Test(arguments: MainJob.Setting.allCases)
  func `leaves one process for each service`(setting: MainJob.Setting) async throws {
    let scene = try await MainJob.done(setting).scene(after: .showStatus)
    #expect(scene.processes.count == 2)
  }
}
