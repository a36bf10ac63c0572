import FoundationEssentials

/// Tokens for https remotes, each given to its own host only.
package struct GitCredentials: Sendable {
  private let variables: [String: String]

  /// Takes the tokens from the process's variables.
  package init(_ variables: [String: String]) { self.variables = variables }

  /// A token as git sends it.
  package struct Header: Sendable {
    /// Settings for git, in order.
    package let settings: [(key: String, value: String)]
    /// Texts that must not be shown.
    package let secrets: [String]
  }

  /// The settings that make git authenticate at the address, if there is a token for its host.
  ///
  /// They travel in the child's environment, never in its arguments. With a token in use no
  /// redirect is followed: git would send the header along to wherever it leads.
  package func header(for url: String) -> Header? {
    guard let origin = Origin(url), origin.isPrivate, let token = token(for: origin.host) else {
      return nil
    }
    let pair = "\(user(for: origin.host)):\(token)"
    let encoded = Data(pair.utf8).base64EncodedString()
    let scope = "http.\(origin.scheme)://\(origin.authority)/"
    return Header(
      settings: [
        // The empty value removes headers from other sources, which would be sent as well.
        ("\(scope).extraHeader", ""),
        ("\(scope).extraHeader", "Authorization: Basic \(encoded)"),
        ("\(scope).followRedirects", "false"),
      ],
      secrets: [token, encoded]
    )
  }

  private func token(for host: String) -> String? {
    if let token = value("RELEASE_GIT_TOKEN") { return token }
    if isGitHub(host), let token = value("GITHUB_TOKEN") { return token }
    if isGitLab(host), let token = value("GITLAB_TOKEN") { return token }
    return nil
  }

  private func user(for host: String) -> String {
    value("RELEASE_GIT_USER") ?? (isGitLab(host) ? "oauth2" : "x-access-token")
  }

  private func isGitHub(_ host: String) -> Bool {
    host == "github.com" || value("GITHUB_SERVER_URL").flatMap(Origin.init)?.host == host
  }

  private func isGitLab(_ host: String) -> Bool {
    host == "gitlab.com" || value("CI_SERVER_URL").flatMap(Origin.init)?.host == host
  }

  private func value(_ name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }

  /// Scheme, host and port of an http address.
  private struct Origin {
    let scheme: String
    let authority: String
    let host: String

    init?(_ url: String) {
      guard let separator = url.firstRange(of: "://") else { return nil }
      scheme = url[..<separator.lowerBound].lowercased()
      let full = url[separator.upperBound...].prefix { !"/?#".contains($0) }
      authority = full.split(separator: "@").last.map { $0.lowercased() } ?? ""
      let isBracketed = authority.hasPrefix("[")
      let name = authority.prefix { isBracketed ? $0 != "]" : $0 != ":" }
      host = isBracketed ? String(name.dropFirst()) : String(name)
      guard !host.isEmpty else { return nil }
    }

    /// Whether nobody on the way can read along: TLS, or this very machine.
    var isPrivate: Bool {
      scheme == "https" || (scheme == "http" && ["127.0.0.1", "::1", "localhost"].contains(host))
    }
  }
}
