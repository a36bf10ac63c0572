import ReleaseCore

/// Where the journal is kept, by what the process environment says.
enum JournalChoice: Equatable, Sendable {
  /// A file in the state folder.
  case file
  /// Refs of the repository's remote.
  case refs
  /// Refs if the remote takes them, else a file, and the caller is told: a CI runner.
  case refsIfTaken
  /// A file if it has entries; else refs if the remote has a journal, else a file.
  case refsIfThere

  /// The variable that decides.
  static let variable = "RELEASE_JOURNAL"

  /// Decides, as far as the remote need not be asked.
  ///
  /// - Throws: `unusable` when the variable has a value that means nothing.
  init(_ settings: Settings) throws(JournalProblem) {
    switch settings.value(Self.variable) {
    case "file": self = .file
    case "git": self = .refs
    case let other?:
      throw .unusable(
        journal: "of \(Self.variable)=\(other)",
        why: "The variable is `git` (refs of the repository's remote) or `file`."
      )
    case nil:
      // DATABASE_URL is kept for a journal in PostgreSQL; until there is one, a journal that is in refs
      // already counts, and one in a file is said.
      if settings.isCI, settings.value("DATABASE_URL") == nil {
        self = .refsIfTaken
      } else {
        self = .refsIfThere
      }
    }
  }
}
