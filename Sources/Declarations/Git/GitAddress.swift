import Git
import ReleaseCore

/// Where a repository is, checked so that git cannot take it for something else.
enum GitAddress: Equatable, Sendable {
  /// A directory on this machine, used as it is.
  case local(path: String)
  /// An address that is mirrored: https, http, ssh or file.
  case remote(url: String)

  private static let schemes = ["https", "http", "ssh", "file"]

  /// Reads what a user gave as the repository.
  init(_ text: String) throws(DeclarationProblem) {
    guard !text.isEmpty, !text.hasPrefix("-"), !text.unicodeScalars.contains(where: \.isControl)
    else {
      throw Self.refuse(text, "It is empty, begins with a hyphen or holds control characters.")
    }
    if let separator = text.firstRange(of: "://") {
      let scheme = text[..<separator.lowerBound].lowercased()
      guard Self.schemes.contains(scheme) else {
        throw Self.refuse(text, "Addresses begin with https, ssh or file, not \(scheme).")
      }
      let authority = text[separator.upperBound...].prefix { $0 != "/" }
      let user = authority.split(separator: "@", omittingEmptySubsequences: false).dropLast()
      guard user.isEmpty || (scheme == "ssh" && !user.joined().contains(":")) else {
        throw Self.refuse(text, "It holds a password; set RELEASE_GIT_TOKEN instead.")
      }
      guard !authority.hasPrefix("-"), scheme == "file" || !authority.isEmpty else {
        throw Self.refuse(text, "It has no host.")
      }
      self = .remote(url: text)
      return
    }
    guard text.firstRange(of: "::") == nil else {
      throw Self.refuse(text, "Remote helpers (`name::…`) are not used.")
    }
    let beforeSlash = text.prefix { $0 != "/" }
    guard let colon = beforeSlash.firstIndex(of: ":") else {
      self = .local(path: text)
      return
    }
    let host = beforeSlash[..<colon].split(separator: "@").last ?? ""
    guard !host.isEmpty, !host.hasPrefix("-") else {
      throw Self.refuse(text, "It is neither a path nor `user@host:path`.")
    }
    self = .remote(url: text)
  }

  /// Checks a branch's name by git's own rules, more strictly where git's are odd.
  static func checkBranch(_ name: String) throws(DeclarationProblem) {
    let isForbidden = name.unicodeScalars.contains {
      $0.isControl || " ~^:?*[\\".unicodeScalars.contains($0)
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let arePartsFit = parts.allSatisfy { part in
      !part.isEmpty && !part.hasPrefix(".") && !part.hasSuffix(".lock") && !part.hasSuffix(".")
    }
    guard !isForbidden, arePartsFit, !name.hasPrefix("-"), !name.contains(".."),
      !name.contains("@{")
    else {
      throw .invalid(
        place: "the branch \"\(Spelling.excerpt(name))\"",
        why: "That is no name of a branch.",
        nextStep: "Name the branch as git does, for example `main`."
      )
    }
  }

  private static func refuse(_ text: String, _ why: String) -> DeclarationProblem {
    .notARepository(
      repository: GitWords.withoutUserInfo(Spelling.excerpt(text, limit: 200)),
      why: why
    )
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { properties.generalCategory == .control }
}
