/// No folder for what has no place: a name that says nothing collects everything.
struct FolderNameRule: SwiftRule {
  static let banned: Set<Substring> = ["Utils", "Helpers", "Common", "Managers"]

  func findings(in source: SwiftSource) -> [Finding] {
    source.file.path.split(separator: "/").dropLast().filter(Self.banned.contains).map { folder in
      source.finding(line: 1, "a folder \(folder) is no room: name it for what is in it")
    }
  }
}
