import Declarations
import Journal
import ReleaseCore
import Synchronization

/// The question whether the remote has a journal beside the file that this machine goes on with.
///
/// The file is used because it has entries. If CI has begun another journal meanwhile, an order
/// given here would be seen by nobody there, so it must be known before anything is written.
final class OtherJournal: Sendable {
  private let file: String
  private let answer: Task<String?, Never>
  private let isNoted = Mutex(false)

  /// How long the remote may take.
  ///
  /// A file is written without its word, for a way back waits for no remote.
  private static let allowance = Duration.seconds(3)

  /// Begins to ask; whoever needs the answer waits for it.
  init(beside file: String, _ parts: Wiring) {
    self.file = file
    answer = Task {
      guard let address = try? await parts.declarations().remoteAddress(),
        let refs = try? parts.refJournal(address),
        let isInUse = try? await refs.isInUse(within: Self.allowance), isInUse
      else { return nil }
      return refs.place
    }
  }

  /// Why this machine's file must not be written; nil where there is no other journal, or nobody
  /// can say now.
  var problem: JournalProblem? {
    get async { await answer.value.map { .divided(file: file, remote: $0) } }
  }

  /// Says once that what is shown is this machine's alone.
  func note() async {
    guard let remote = await answer.value,
      isNoted.withLock({ isNoted in
        defer { isNoted = true }
        return !isNoted
      })
    else { return }
    complain(
      """
      release: There are two journals. This is \(file), on this machine alone.
        \(remote) has another one under refs/release/, which CI goes by; RELEASE_JOURNAL=git \
      shows that one.
      """
    )
  }
}
