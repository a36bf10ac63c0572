package import ReleaseCore

/// Reads environments from files that no commit holds yet, by the rules that commits are read by.
package struct FolderCheck: Sendable {
  /// A file that a commit of the folder would hold.
  package struct File: Sendable, Equatable {
    /// What is known of its content.
    package enum Content: Sendable, Equatable {
      /// All of it.
      case bytes([UInt8])
      /// It is larger than any environment, and was not read.
      case tooLarge(size: Int)
      /// It is a symbolic link.
      case link
      /// It is another repository.
      case submodule
    }

    /// Its path from the repository's top.
    package var path: String
    /// What is known of its content.
    package var content: Content

    /// Joins a path with its content.
    package init(path: String, content: Content) {
      self.path = path
      self.content = content
    }
  }

  /// The environments that can be used.
  package let environments: [EnvironmentName: Environment]
  /// Those that cannot, and why.
  package let problems: [EnvironmentName: DeclarationProblem]

  /// Reads all files together: some mistakes show only between them.
  ///
  /// - Parameters:
  ///   - files: The files, in any order.
  ///   - folder: The folder with the environments, from the repository's top.
  ///   - makers: The platforms whose settings are known.
  package init(_ files: [File], folder: String = "environments", makers: [any PlatformMaker]) {
    let listing = FolderListing(files.map(\.entry), folder: folder)
    let contents = files.compactMap { file in file.bytes.map { (file.path, $0) } }
    var reader = FolderReader(makers: makers, contents: Dictionary(contents) { first, _ in first })
    var readings: [EnvironmentName: EnvironmentReader.Reading] = [:]
    var problems = listing.problems
    for source in listing.sources {
      switch reader.read(source) {
      case .success(let reading): readings[source.name] = reading
      case .failure(let problem): problems[source.name] = problem
      }
    }
    let checked = CrossChecks(readings: readings, problems: problems)
    environments = checked.readings.mapValues(\.environment)
    self.problems = checked.problems
  }

  /// The names that are declared, whether they can be used or not, in ascending order.
  package var names: [EnvironmentName] { (Array(environments.keys) + problems.keys).sorted() }
}

extension FolderCheck.File {
  /// The file as a listing shows it; its path stands for the id of its content.
  fileprivate var entry: FolderListing.Entry {
    switch content {
    case .bytes(let bytes): entry(.file, size: bytes.count)
    case .tooLarge(let size): entry(.file, size: size)
    case .link: entry(.link, size: 0)
    case .submodule: entry(.submodule, size: 0)
    }
  }

  private func entry(_ kind: FolderListing.Entry.Kind, size: Int) -> FolderListing.Entry {
    FolderListing.Entry(path: path, kind: kind, id: path, size: size)
  }

  fileprivate var bytes: [UInt8]? {
    guard case .bytes(let bytes) = content else { return nil }
    return bytes
  }
}
