import TestSupport
import Testing

/// Where a world stands before a journey.
struct Standpoint {
  /// git's newest commit.
  let commit: String
  /// How many entries production's journal has.
  let entries: Int
  /// The processes of the world that serve nothing.
  let companions: Set<Int32>

  /// Looks at a world at rest.
  init(_ world: World) async throws {
    commit = try await world.repository.head()
    entries = try await world.entries(of: "production").count
    companions = WorldProcesses(of: world).others
  }
}
