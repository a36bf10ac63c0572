/// What a receipt keeps of a deploy on Heroku.
struct HerokuNotes: Sendable, Equatable {
  /// The number of the release to follow; nil while it could not be looked up.
  var release: Int?
  /// The newest release before the config var was set: the one to follow is newer.
  var newest: Int?
  /// The version that the config var held before, to tell a person.
  var previous: String?
  /// The dynos that were there before a restart; empty without one.
  var marks = ""
  /// Whether it had been done before, or was being done.
  var isFound = false
}

extension HerokuNotes {
  /// Reads the notes of a receipt.
  init(_ texts: [String: String]) {
    self.init(
      release: texts["release"].flatMap { Int($0) },
      newest: texts["after"].flatMap { Int($0) },
      previous: texts["previous"],
      marks: texts["restarted"] ?? "",
      isFound: texts["found"] == "true"
    )
  }

  /// The notes as a receipt keeps them.
  var texts: [String: String] {
    var texts: [String: String] = [:]
    texts["release"] = release.map { "\($0)" }
    texts["after"] = release == nil ? newest.map { "\($0)" } : nil
    texts["previous"] = previous
    texts["restarted"] = marks.isEmpty ? nil : marks
    texts["found"] = isFound ? "true" : nil
    return texts
  }
}
