import ReleaseCore

/// The kind of a blindness without its text, for texts that hold a port or libcurl's words.
enum BlindnessKind: Equatable {
  case down
  case unreachable
  case unreadable
  case denied
  case otherVersion

  init(_ blindness: Blindness) {
    switch blindness {
    case .down: self = .down
    case .unreachable: self = .unreachable
    case .unreadable: self = .unreadable
    case .denied: self = .denied
    case .otherVersion: self = .otherVersion
    }
  }
}

extension Seen {
  /// The kind of blindness; nil when the fact is known.
  var blindnessKind: BlindnessKind? { blindness.map(BlindnessKind.init) }
}
