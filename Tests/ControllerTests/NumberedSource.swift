import ReleaseCore
import Synchronization

/// Declarations whose n-th reading, counted from 1, is at commit `n` and declares version n.
///
/// A reading that was told of a newer commit than its own answers with that one, as git does.
final class NumberedSource: DeclarationSource {
  static let production = EnvironmentName("production")

  let place = "numbers"
  private let readings = Mutex(0)

  /// How often it was read.
  var count: Int { readings.withLock { $0 } }

  func read(accepted: [EnvironmentName: CommitID]) throws(DeclarationProblem) -> Declarations {
    let reading = readings.withLock { count in
      count += 1
      return count
    }
    let known = accepted[Self.production].flatMap { Int($0.rawValue) } ?? 0
    let commit = CommitID("\(max(reading, known))")
    guard let version = VersionNumber(max(reading, known)) else {
      throw .branchMissing(repository: place, branch: "main")
    }
    let environment = Environment(
      name: Self.production,
      model: ModelName("iris"),
      version: version,
      slot: .alias(name: "champion"),
      targets: []
    )
    let declared = Declared(
      environment: environment,
      commit: commit,
      place: "environments/production.yaml:2",
      lineage: .descends
    )
    return Declarations(commit: commit, environments: [Self.production: declared])
  }

  func write(_ edit: VersionEdit) -> CommitID? { nil }
}
