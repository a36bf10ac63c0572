import TestSupport
import Testing

@Suite struct `A promotion whose registry is none` {
  @Test func `is told with the code of what is wrong, and declares nothing`() async throws {
    let service = try await ModelService(version: 1)
    let place = try await Workplace()
    try place.folder.write("{}", to: ".git/model.json")
    try place.folder.write(".release/\n", to: ".gitignore")
    try place.declare(
      "production",
      """
      model: iris
      version: 1
      slot: {alias: champion}
      service: {url: "\(service.url)", identity: {successes: 1, within: 10s}}

      """
    )
    try await place.commit()
    let added = try await place.release([
      "registry", "add", "iris", "--artifact", ".git/model.json",
    ])
    try #require(added.status == 0, "\(added)")
    let settled = try await place.release(["reconcile", "--once"])
    try #require(settled.status == 0, "\(settled)")

    let before = try await place.git("rev-parse", "HEAD")
    // A server that answers, and is no MLflow.
    let run = try await place.release(
      ["promote", "--to", "production", "--version", "2"],
      variables: ["MLFLOW_TRACKING_URI": service.url]
    )
    #expect(run.status == 30, "\(run)")
    #expect(run.err.contains("so nothing was declared"), "\(run)")
    #expect(run.err.contains("[registry.unintelligible]"), "\(run)")
    #expect(try await place.git("rev-parse", "HEAD") == before)
  }
}
