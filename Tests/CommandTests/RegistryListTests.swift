import TestSupport
import Testing

@Suite struct `Listing the registry` {
  @Test func `an empty one says where it was looked, and what else there could be`() async throws {
    let place = try await Workplace()
    let run = try await place.release("registry", "list")
    #expect(run.status == 0, "\(run)")
    #expect(run.out.contains(".release/registry"), "\(run)")
    #expect(run.out.contains("MLFLOW_TRACKING_URI"), "\(run)")
  }

  @Test func `the table says which registry it is of`() async throws {
    let place = try await Workplace()
    try place.folder.write("{}", to: "model.json")
    let added = try await place.release("registry", "add", "iris", "--artifact", "model.json")
    #expect(added.status == 0, "\(added)")
    let run = try await place.release("registry", "list")
    #expect(run.out.contains("Registered in ") && run.out.contains("iris"), "\(run)")
    #expect(run.err.isEmpty, "\(run)")
    let mixed = try await place.release(
      ["registry", "list"],
      variables: ["MLFLOW_TRACKING_URI": "http://127.0.0.1:9"]
    )
    #expect(mixed.err.contains("releases use MLflow"), "\(mixed)")
  }
}
