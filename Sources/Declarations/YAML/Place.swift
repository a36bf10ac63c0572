/// Where something stands in a file, counted as editors count.
struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The file's path in the repository.
  let file: String
  /// The line, from 1.
  let line: Int
  /// The column in Unicode scalars, from 1.
  let column: Int

  /// `environments/production.yaml:4:10`.
  var description: String { "\(file):\(line):\(column)" }

  /// The very beginning of a file.
  static func start(of file: String) -> Place { Place(file: file, line: 1, column: 1) }

  /// The refusal of what stands here.
  func refuse(_ why: String, _ nextStep: String) -> Mistake {
    Mistake(place: self, why: why, nextStep: nextStep)
  }
}
