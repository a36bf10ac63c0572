import ReleaseCore

/// What was read of one commit: objects of git never change, so it need not be read again.
struct KnownCommit: Sendable {
  /// The commit.
  private(set) var commit: CommitID
  /// All files under the folder with the environments.
  var entries: [FolderListing.Entry] = []
  /// Commits that are part of its history, as far as that was asked.
  var ancestors: Set<CommitID> = []
  private var contents: [String: [UInt8]] = [:]

  /// Contents of so many bytes are kept; where there are more they are read again.
  private static let contentsMax = 256 << 10

  /// Nothing is known of the commit yet.
  init(commit: CommitID) { self.commit = commit }

  /// The contents of files by their ids; git is asked only for what is not known.
  func contents(
    of files: [FolderListing.Entry],
    _ repository: GitRepository
  ) async throws(DeclarationProblem) -> [String: [UInt8]] {
    let unknown = files.filter { contents[$0.id] == nil }
    let read = try await repository.contents(of: unknown)
    var all: [String: [UInt8]] = read
    for file in files { if let bytes = contents[file.id] { all[file.id] = bytes } }
    return all
  }

  /// Keeps contents, if they are few.
  mutating func keep(_ contents: [String: [UInt8]]) {
    let size = contents.values.reduce(0) { $0 + $1.count }
    if size <= Self.contentsMax { self.contents = contents }
  }

  /// Goes on to a commit that changes one file of this one.
  mutating func follow(_ edit: BuiltEdit) {
    guard edit.base == commit else { return }
    ancestors.insert(commit)
    commit = edit.commit
    entries = entries.map { $0.path == edit.entry.path ? edit.entry : $0 }
    contents[edit.entry.id] = edit.content
  }
}
