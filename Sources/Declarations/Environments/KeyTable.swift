/// The keys that a mapping may have: the one definition that reading and the schema share.
struct KeyTable: Sendable {
  /// What may stand under a key.
  indirect enum Shape: Sendable {
    /// Any text on one line.
    case text
    /// A text without blanks.
    case name
    /// A positive whole number, also in quotes.
    case version
    /// A time with its unit.
    case duration
    /// A path that begins with a slash.
    case path
    /// The address of a service.
    case url
    /// A decimal number.
    case number
    /// A whole number within limits.
    case whole(ClosedRange<Int>)
    /// One of a few words.
    case word([String])
    /// A mapping of texts with keys of the user's choice.
    case texts
    /// A mapping with known keys.
    case map(KeyTable)
    /// A list of mappings with known keys.
    case list(KeyTable)
    /// `none`, or a mapping with one platform and its settings.
    case platform
  }

  /// A key, what stands under it, and what it is for.
  struct Key: Sendable {
    /// As it is written.
    let name: String
    /// What may stand under it.
    let shape: Shape
    /// Whether it must stand in every such mapping, defaults included.
    let isRequired: Bool
    /// What it is for, in a sentence for editors.
    let about: String

    /// Describes a key.
    init(_ name: String, _ shape: Shape, isRequired: Bool = false, _ about: String) {
      self.name = name
      self.shape = shape
      self.isRequired = isRequired
      self.about = about
    }
  }

  /// The keys in the order in which documentation shows them.
  let keys: [Key]

  /// The names of the keys.
  var names: [String] { keys.map(\.name) }

  /// The key of that name.
  subscript(name: String) -> Key? { keys.first { $0.name == name } }
}
