import ReleaseCore

/// A commit that was built and is on no branch yet.
struct BuiltEdit: Sendable {
  /// The commit that it changes.
  let base: CommitID
  /// The commit.
  let commit: CommitID
  /// The file that it changes, as it lists it.
  let entry: FolderListing.Entry
  /// That file's content.
  let content: [UInt8]
}
