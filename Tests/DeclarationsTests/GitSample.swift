import FoundationEssentials
import ReleaseCore
import Testing

@testable import Declarations

extension TestRepository {
  /// The declarations of this repository, as a directory.
  func declarations(
    branch: String? = nil,
    variables: [String: String] = [:]
  ) throws -> GitDeclarations {
    try Self.declarations(path, branch: branch, mirrors: "/nonexistent", variables: variables)
  }

  /// The declarations at any address, with mirrors in the folder given.
  static func declarations(
    _ repository: String,
    branch: String? = nil,
    mirrors: String,
    variables: [String: String] = [:]
  ) throws -> GitDeclarations {
    let own = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "GIT_CONFIG_GLOBAL": "/dev/null",
    ]
    return try GitDeclarations(
      repository: repository,
      branch: branch,
      mirrorDirectory: mirrors,
      makers: [],
      variables: own.merging(variables) { _, new in new },
      allowances: GitAllowances(
        fetch: .seconds(30),
        clone: .seconds(60),
        push: .seconds(60),
        lookAhead: .seconds(60)
      )
    )
  }
}

extension VersionEdit {
  /// An edit of `production`, or another environment, as tests make it.
  static func to(
    _ version: Int,
    expecting: Int? = nil,
    in environment: EnvironmentName = "production"
  ) throws -> VersionEdit {
    VersionEdit(
      environment: environment,
      expecting: expecting.flatMap { VersionNumber($0) },
      version: try #require(VersionNumber(version)),
      subject: "to \(version)",
      trailers: [.init("Release-Environment", environment.rawValue)]
    )
  }
}

extension Sample {
  /// A file with a comment, odd spacing and Windows line ends, to be kept exactly.
  static func odd(_ version: Int) -> String {
    "# odd\r\nmodel:  iris\r\nversion:   '\(version)'  # keep\r\nslot: {alias: a}\r\n"
      + "service: {url: http://x}\r\n"
  }

  /// Two environments on aliases, at version 7.
  static let pair = [
    "environments/staging.yaml": Sample.onAlias("challenger"),
    "environments/production.yaml": Sample.odd(7),
  ]
}

/// The problem that a call ends with.
func caught(_ body: () async throws -> Void) async throws -> DeclarationProblem {
  do {
    try await body()
  } catch let problem as DeclarationProblem {
    return problem
  }
  throw TestFailure("no problem was thrown")
}
