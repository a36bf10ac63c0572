import ReleaseCore

/// A version in a stage, with the server's time of its last change.
struct StageHolder: Equatable, Sendable {
  var number: VersionNumber
  var changedAt: Int64
}

/// What follows from a look at a stage after writing to it.
///
/// MLflow moves a version with a SELECT of those in the stage and then UPDATEs, under no lock. Two
/// transitions at once both miss the other's newcomer and leave two versions in the stage (four
/// times of five), or both archive the other's and leave none; all calls answer 200.
///
/// Why two never stay. Every writer looks after each of its own writes, and may stop only when the
/// look shows exactly one version. Take the last write that is committed: its writer looks after
/// it, sees the state in which the stage stays, and would write again if that were not exactly one
/// version, so it would not have been the last. What is left is how surely the writers stop:
///
/// - Several versions: all writers see the same rows and keep the same one, the one changed last.
///   They archive the others one by one, which touches one row each and may be done twice. So no
///   further write makes the situation worse, and the next look of each shows one version.
/// - None: whoever sees that puts its own version back. When two do so at once there are two
///   versions again and the case above ends it; waits of random length make even that rare.
/// - Exactly one, another writer's: it was moved after our write, and stays. Fighting for it would
///   never end, and a person who moved it must win.
///
/// Outside of this argument: a writer that is killed between its write and its look, one that gives
/// up after `writesMax` writes, a write that the server carries out after we stopped waiting for it,
/// and hands that do not look. The controller looks at every slot again at rest, for these.
enum StageRepair: Equatable {
  /// The stage holds exactly the wanted version.
  case done
  /// Another writer moved the stage after us.
  case lost
  /// The stage is empty: the wanted version enters it again.
  case enter
  /// These leave the stage one by one.
  case remove([VersionNumber])

  /// Decides from a look.
  static func next(after holders: [StageHolder], wanting wanted: VersionNumber) -> StageRepair {
    guard let latest = holders.max(by: isEarlier) else { return .enter }
    if holders.count == 1 { return latest.number == wanted ? .done : .lost }
    return .remove(holders.map(\.number).filter { $0 != latest.number }.sorted())
  }

  /// In the same millisecond the higher number counts as later: it is what consumers get from
  /// MLflow when a stage holds several.
  private static func isEarlier(_ left: StageHolder, _ right: StageHolder) -> Bool {
    (left.changedAt, left.number) < (right.changedAt, right.number)
  }
}
