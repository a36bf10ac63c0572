/// What a receipt keeps of a deploy on Heroku.
struct HerokuNotes: Sendable, Equatable {
  /// The number of the release to follow.
  var release: Int?
  /// The version that the config var held before, to tell a person.
  var previous: String?
  /// The dynos that were there before a restart; empty without one.
  var marks = ""
  /// Whether it had been done before, or was being done.
  var isFound = false
}

extension HerokuNotes {
  /// Reads the notes of a receipt; nil when they are none of ours.
  init?(_ texts: [String: String]) {
    guard let release = texts["release"].flatMap({ Int($0) }) else { return nil }
    self.init(
      release: release,
      previous: texts["previous"],
      marks: texts["restarted"] ?? "",
      isFound: texts["found"] == "true"
    )
  }

  /// The notes as a receipt keeps them.
  var texts: [String: String] {
    var texts: [String: String] = [:]
    texts["release"] = release.map { "\($0)" }
    texts["previous"] = previous
    texts["restarted"] = marks.isEmpty ? nil : marks
    texts["found"] = isFound ? "true" : nil
    return texts
  }
}
