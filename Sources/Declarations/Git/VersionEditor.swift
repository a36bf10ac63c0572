import ReleaseCore

/// Turns an edit into the change of a file at a given commit.
struct VersionEditor: Sendable {
  /// What is asked for.
  let edit: VersionEdit
  /// The folder with the environments.
  let folder: String
  /// What the commit's first line ends with.
  let subjectSuffix: String?

  /// Builds the commit that makes the edit; nil when the file declares the version already.
  ///
  /// - Throws: Why the file cannot or must not be changed.
  func build(
    on base: CommitID,
    _ repository: GitRepository,
    _ known: KnownCommit?,
    _ author: GitRepository.Author
  ) async throws(DeclarationProblem) -> BuiltEdit? {
    var files = KnownCommit(commit: base)
    if let known, known.commit == base {
      files = known
    } else {
      files.entries = try await repository.entries(at: base, under: folder)
    }
    guard let change = try await change(of: files, repository) else { return nil }
    return try await repository.build(change, on: base, author: author)
  }

  /// The change, or nil when the file declares the version already.
  ///
  /// - Throws: Why the file cannot or must not be changed.
  private func change(
    of files: KnownCommit,
    _ repository: GitRepository
  ) async throws(DeclarationProblem) -> GitCommit? {
    let entry = try entry(among: files.entries)
    guard let bytes = try await files.contents(of: [entry], repository)[entry.id] else {
      throw SourceText.tooLarge(entry.size, file: entry.path).problem
    }
    let scalar: VersionScalar
    do throws(Mistake) {
      scalar = try VersionScalar.find(in: bytes, file: entry.path)
    } catch {
      throw error.problem
    }
    guard scalar.version != edit.version else { return nil }
    if let expected = edit.expecting, expected != scalar.version {
      throw .changedMeanwhile(
        place: "\(scalar.place.file):\(scalar.place.line)",
        expected: expected,
        found: scalar.version
      )
    }
    return GitCommit(
      entry: entry,
      content: scalar.replace(in: bytes, with: edit.version),
      message: GitCommit.message(of: edit, subjectSuffix: subjectSuffix)
    )
  }

  /// The environment's own file, told from the listing so that names cannot lead elsewhere.
  private func entry(
    among entries: [FolderListing.Entry]
  ) throws(DeclarationProblem) -> FolderListing.Entry {
    let listing = FolderListing(entries, folder: folder)
    if let source = listing.sources.first(where: { $0.name == edit.environment }) {
      return source.file
    }
    if let problem = listing.problems[edit.environment] { throw problem }
    throw .environmentMissing(name: edit.environment.rawValue, known: listing.names)
  }
}
