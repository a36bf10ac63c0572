extension String {
  /// The text with its further lines below the first and behind a bar, so that a log's words do not
  /// look like ours.
  ///
  /// - Parameter column: Where the first line begins, counted from 0.
  /// - Returns: The text as it is printed.
  func quoted(at column: Int) -> String {
    let margin = "\n" + String(repeating: " ", count: column) + "| "
    return split(separator: "\n").joined(separator: margin)
  }
}
