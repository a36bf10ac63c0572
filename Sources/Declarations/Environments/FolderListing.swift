import ReleaseCore

/// Which files under `environments/` declare what, told from their names and kinds alone.
struct FolderListing: Sendable {
  /// A file as the repository lists it.
  struct Entry: Sendable, Equatable {
    /// What it is.
    enum Kind: Sendable, Equatable {
      /// An ordinary file.
      case file
      /// A symbolic link.
      case link
      /// Another repository.
      case submodule
    }

    /// Its path in the repository.
    let path: String
    /// What it is.
    let kind: Kind
    /// The id of its content.
    let id: String
    /// Its size in bytes.
    let size: Int
    /// Its mode as git writes it; `100755` can be executed.
    var mode = "100644"
  }

  /// An environment's file with the defaults below it.
  struct Source: Sendable, Equatable {
    /// The environment.
    let name: EnvironmentName
    /// Its own file.
    let file: Entry
    /// The `_defaults.yaml` files that apply, the nearest first.
    let defaults: [Entry]

    /// Changes when the content of any of the files does.
    var digest: String { ([file] + defaults).map(\.id).joined(separator: "+") }
  }

  /// The environments' files, by path.
  let sources: [Source]
  /// What is not even opened.
  let problems: [EnvironmentName: DeclarationProblem]

  /// The name of the file that is merged under those beside and below it.
  static let defaultsName = "_defaults.yaml"

  /// Sorts out the files under a folder.
  init(_ entries: [Entry], folder: String) {
    var problems: [EnvironmentName: DeclarationProblem] = [:]
    var defaults: [String: Entry] = [:]
    var files: [(name: EnvironmentName, entry: Entry)] = []
    for entry in entries.sorted(by: { $0.path < $1.path }) {
      let relative = String(entry.path.dropFirst(folder.utf8.count + 1))
      let parts = relative.split(separator: "/")
      guard let last = parts.last, entry.kind != .file || Self.isYAML(last) else { continue }
      if last == Self.defaultsName, entry.kind == .file {
        defaults[parts.dropLast().joined(separator: "/")] = entry
        continue
      }
      if let refusal = Self.refusal(of: entry, relative: relative, name: last) {
        problems[Self.problemName(relative)] = refusal.problem
        continue
      }
      files.append((Self.name(relative), entry))
    }
    self.problems = problems
    sources = files.map { file in
      Source(
        name: file.name,
        file: file.entry,
        defaults: Self.folders(above: file.name).compactMap { defaults[$0] }
      )
    }
  }

  /// The names that are declared, whether they can be used or not.
  var names: [EnvironmentName] { (sources.map(\.name) + problems.keys).sorted() }

  /// Whether a file is meant to be YAML, by its name.
  static func isYAML(_ name: Substring) -> Bool {
    let folded = name.lowercased()
    return !name.hasPrefix(".") && (folded.hasSuffix(".yaml") || folded.hasSuffix(".yml"))
  }

  private static func refusal(
    of entry: Entry,
    relative: String,
    name: Substring
  ) -> Mistake? {
    let place = Place.start(of: Spelling.excerpt(entry.path, limit: 200))
    switch entry.kind {
    case .link:
      return place.refuse(
        "This is a symbolic link.",
        "Put a file in its place: links are not followed."
      )
    case .submodule:
      return place.refuse("This is a submodule.", "Put the files themselves here.")
    case .file: break
    }
    guard name.hasSuffix(".yaml") else {
      return place.refuse("The file's name does not end in .yaml.", "Rename it to end in .yaml.")
    }
    guard NameRule.isEnvironmentName(Self.name(relative).rawValue) else {
      return place.refuse(
        "The file's path is no name of an environment.",
        "Use letters, digits, dots, hyphens and underscores, beginning with a letter or a digit."
      )
    }
    guard entry.size <= SourceText.bytesMax else {
      return SourceText.tooLarge(entry.size, file: entry.path)
    }
    return nil
  }

  private static func name(_ relative: String) -> EnvironmentName {
    EnvironmentName(relative.hasSuffix(".yaml") ? String(relative.dropLast(5)) : relative)
  }

  /// A name under which the refusal of a file can be shown, whatever the file is called.
  private static func problemName(_ relative: String) -> EnvironmentName {
    EnvironmentName(Spelling.excerpt(name(relative).rawValue, limit: 200))
  }

  /// The folders whose defaults apply to an environment, the nearest first.
  private static func folders(above name: EnvironmentName) -> [String] {
    var parts = name.rawValue.split(separator: "/")
    var folders: [String] = []
    while !parts.isEmpty {
      parts.removeLast()
      folders.append(parts.joined(separator: "/"))
    }
    return folders
  }
}
