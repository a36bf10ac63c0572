/// Where the model comes from.
enum ModelSource: Sendable, Equatable {
  /// The only file in `directory`/name/version/, which is how the embedded registry keeps artifacts.
  case artifacts(directory: String)
  case file(path: String)
  /// No model: every row is answered with class 0.
  case none
}
