import FoundationEssentials
import ReleaseCore

/// What the newest commit of a ref says about all before it, so that nobody must read them.
struct GitRefState: Sendable, Equatable, Codable {
  /// The form that this program writes, and the newest it reads.
  static let newestForm = 1

  /// The form of this state and of the commit.
  var form = newestForm
  /// The position of the last entry; 0 before the first.
  var position = 0
  /// The digest of the last entry, in hexadecimal.
  var digest = ChainDigest.none.hexadecimal
  /// Grows with each new holder.
  var epoch = 0
  /// Who holds the scope; nil when nobody does.
  var lease: GitLease?
  /// Which journal wrote the commit, and the how many-th of its commits it is.
  ///
  /// Without it two runners could build the very same commit, and both would take it for theirs.
  var writer = ""

  /// The state in its stored form.
  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and whole numbers always encode.
    return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
  }

  /// Reads a stored state; nil when it is none.
  static func read(_ bytes: [UInt8]) -> GitRefState? {
    let state = try? JSONDecoder().decode(Self.self, from: Data(bytes))
    guard let state, state.position >= 0, state.epoch >= 0 else { return nil }
    return state
  }

  /// Where the chain of an environment ends; nil when the digest is none.
  func chain(of environment: EnvironmentName) -> Chain? {
    ChainDigest(hexadecimal: digest).map { Chain(of: environment, position: position, digest: $0) }
  }
}

/// A commit that a ref pointed to, and what it says.
struct GitRefTip: Sendable, Equatable {
  /// The commit's id.
  var commit: String
  /// What it says.
  var state: GitRefState
}
