import ReleaseCore

/// What the environments say that a platform's file should agree with.
///
/// Environments on that platform count; where none is, all do, for the file may come first.
struct DescriptorExpectation: Sendable {
  /// The paths at which health and version are asked for, in order.
  let healthPaths: [String]
  /// The variables that `release` sets on this platform, in order.
  let variables: [String]

  /// The variable where a platform's settings name none.
  private static let usualVariable = "MODEL_VERSION"

  /// Reads the environments.
  init(_ environments: [Environment], platform kind: String) {
    let hosted = environments.filter { $0.targets.contains { $0.platform.kind == kind } }
    let relevant = hosted.isEmpty ? environments : hosted
    let targets = relevant.flatMap(\.targets)
    var paths = Set(targets.map(\.service.reportsVersion.path))
    for gate in relevant.flatMap(\.gates) {
      if case .health(let health) = gate.kind { paths.insert(health.path) }
    }
    healthPaths = paths.sorted()
    let names = targets.filter { $0.platform.kind == kind }.compactMap { target -> String? in
      guard case .text(let name)? = target.platform.settings["variable"]?.value else {
        return Self.usualVariable
      }
      return name == "none" ? nil : name
    }
    variables = hosted.isEmpty ? [Self.usualVariable] : Set(names).sorted()
  }

  /// A path at which a platform looks for health, compared with the environments'.
  func health(_ path: String?, of subject: String) -> [Diagnosis] {
    let wanted = healthPaths.joined(separator: " and ")
    guard let path else {
      return [
        .warning(
          "\(subject) names no path for its health check: an open port passes for healthy",
          next: "Name \(wanted), where the environments look."
        )
      ]
    }
    guard !healthPaths.contains(path) else { return [] }
    return [
      .warning(
        "\(subject) is checked at \(path), and the environments look at \(wanted)",
        next: "Name \(wanted) there, or correct the environments."
      )
    ]
  }

  /// A start command, which must leave the version to its variable.
  func start(_ command: String?, of subject: String) -> [Diagnosis] {
    let words = command?.split(whereSeparator: { $0 == " " || $0 == "\"" || $0 == "'" }) ?? []
    return variables.filter { name in words.contains { $0.hasPrefix("\(name)=") } }.map { name in
      .warning(
        "\(subject) sets \(name) in its command, and serves that version whatever is released",
        next: "Take \(name)=… out of the command."
      )
    }
  }
}
