/// A file of the project, by its path from the project's root.
struct TextFile: Equatable {
  var path: String
  var text: String

  var lines: [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The name of the file itself.
  var name: Substring {
    path.split(separator: "/").last ?? ""
  }
}
