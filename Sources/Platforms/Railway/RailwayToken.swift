import HTTPWire
import ReleaseCore

/// What lets us in; the two kinds are sent under different names.
enum RailwayToken: Sendable {
  /// Of one environment in one project: `RAILWAY_TOKEN`.
  case project(Redacted)
  /// Of an account or a workspace: `RAILWAY_API_TOKEN`.
  case account(Redacted)

  /// The variable of a project token.
  static let projectVariable = "RAILWAY_TOKEN"
  /// The variable of an account's or a workspace's token.
  static let accountVariable = "RAILWAY_API_TOKEN"

  /// Finds the token; as in Railway's own CLI that of the project goes first, which may do less.
  init?(_ secret: (String) -> Redacted?) {
    if let found = secret(Self.projectVariable), !found.revealed.isEmpty {
      self = .project(found)
    } else if let found = secret(Self.accountVariable), !found.revealed.isEmpty {
      self = .account(found)
    } else {
      return nil
    }
  }

  /// The variable it came from.
  var variable: String {
    switch self {
    case .project: Self.projectVariable
    case .account: Self.accountVariable
    }
  }

  /// The token itself, to keep it out of any text.
  var secret: String {
    switch self {
    case .project(let token), .account(let token): token.revealed
    }
  }

  /// The header that carries it.
  var header: HeaderField {
    switch self {
    case .project(let token):
      HeaderField("Project-Access-Token", token.revealed, isSensitive: true)
    case .account(let token):
      HeaderField("Authorization", "Bearer \(token.revealed)", isSensitive: true)
    }
  }
}
