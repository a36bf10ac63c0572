import FoundationEssentials
import HTTPWire
package import ReleaseCore

/// How we prove to an MLflow server who we are.
package enum MLflowCredentials: Sendable {
  /// Not at all.
  case none
  /// User name and password, as MLflow's basic-auth app wants them.
  case basic(username: String, password: Redacted)
  /// A token, as proxies and hosted servers want it.
  case bearer(Redacted)

  /// The header that carries them; nil without any.
  var header: HeaderField? {
    switch self {
    case .none:
      return nil
    case .basic(let username, let password):
      let pair = Data("\(username):\(password.revealed)".utf8).base64EncodedString()
      return HeaderField("Authorization", "Basic \(pair)", isSensitive: true)
    case .bearer(let token):
      return HeaderField("Authorization", "Bearer \(token.revealed)", isSensitive: true)
    }
  }

  /// What must not appear in any text.
  var secrets: [String] {
    switch self {
    case .none: []
    case .basic(_, let password): [password.revealed]
    case .bearer(let token): [token.revealed]
    }
  }
}
