/// Where a label stands in the text; reading one makes no copy.
struct LabelSpan {
  /// The bytes of its name.
  let name: Range<Int>
  /// The bytes between the quotes.
  let value: Range<Int>
  /// Whether the value holds a backslash.
  let isEscaped: Bool
}
