/// A remark that GitHub shows at the top of a run, and beside the line of a file where it has one.
struct Annotation: Sendable, Equatable {
  /// How grave it is.
  enum Level: String, Sendable {
    case notice
    case warning
    case error
  }

  /// A place in a file of the repository.
  struct Place: Sendable, Equatable {
    /// The path from the repository's top.
    let file: String
    /// The line, from 1.
    let line: Int
    /// The column, from 1.
    let column: Int

    /// Reads `environments/production.yaml:4:10`; nil for what has another form.
    init?(_ text: String) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 3, !parts[0].isEmpty, let line = Int(parts[1]),
        let column = Int(parts[2])
      else { return nil }
      file = String(parts[0])
      self.line = line
      self.column = column
    }
  }

  /// How grave it is.
  let level: Level
  /// What is shown in bold.
  let title: String
  /// The rest.
  let message: String
  /// Where it is about; nil for what is about no file.
  var place: Place?

  /// A remark.
  init(_ level: Level, title: String, message: String, place: Place? = nil) {
    self.level = level
    self.title = title
    self.message = message
    self.place = place
  }

  /// A complaint as an error.
  init(_ complaint: Complaint, place: Place? = nil) {
    let text = [complaint.what, complaint.why, complaint.next].filter { !$0.isEmpty }
    let code = complaint.code.map { " [\($0)]" } ?? ""
    self.init(
      .error,
      title: complaint.headline,
      message: text.isEmpty ? complaint.headline : text.joined(separator: "\n") + code,
      place: place
    )
  }

  /// The workflow command, one line.
  var command: String {
    var properties: [String] = []
    if let place {
      properties.append("file=\(Self.escapedProperty(place.file))")
      properties.append("line=\(place.line)")
      properties.append("col=\(place.column)")
    }
    properties.append("title=\(Self.escapedProperty(title))")
    return "::\(level.rawValue) \(properties.joined(separator: ","))::\(Self.escaped(message))"
  }

  /// A message without the characters that would end or split the command.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A property's value: it may not hold what separates properties either.
  private static func escapedProperty(_ text: String) -> String {
    var property = ""
    for scalar in escaped(text).unicodeScalars {
      switch scalar {
      case ":": property += "%3A"
      case ",": property += "%2C"
      default: property.unicodeScalars.append(scalar)
      }
    }
    return property
  }
}
