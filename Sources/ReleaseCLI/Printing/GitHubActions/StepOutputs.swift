/// What later steps of a job may read as `steps.ID.outputs.NAME`.
struct StepOutputs: Sendable {
  private var values: [(name: String, value: String)] = []

  /// Adds an output; one without a value is given as empty, so that none of an earlier call stays.
  mutating func set(_ name: String, _ value: String?) { values.append((name, value ?? "")) }

  /// The lines for the file that GITHUB_OUTPUT names.
  ///
  /// - Parameter delimiter: A line that none of the values has: texts of others stand between two
  ///   of it, and could set any output if they knew it.
  /// - Returns: The lines, each with its end.
  func text(delimiter: String) -> String {
    values.map { name, value in
      let isPlain = !value.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
      return isPlain ? "\(name)=\(value)\n" : "\(name)<<\(delimiter)\n\(value)\n\(delimiter)\n"
    }.joined()
  }
}
