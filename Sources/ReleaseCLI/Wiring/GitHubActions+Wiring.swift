extension GitHubActions {
  /// The job that runs this process; nil where none does.
  static func ofThisProcess() -> GitHubActions? {
    let chance = [0, 1].map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }
    return GitHubActions(.ofThisProcess(), delimiter: "ghadelimiter_\(chance.joined())")
  }
}
