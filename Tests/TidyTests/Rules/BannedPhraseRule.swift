/// The phrases that hide a wait, a chance or a crash; each names what to write instead.
struct BannedPhraseRule: SwiftRule {
  static let phrases: [BannedPhrase] = waiting + chance + traps + programs

  private static let waiting =
    ["async", "await", "Task"].map { word in
      BannedPhrase(
        word,
        instead: "ReleaseCore decides with values: wait in Controller, promise in Ports/",
        where: isPureCore
      )
    } + [
      BannedPhrase(
        "any Error",
        instead: "name the type of the problem, as in throws(RegistryProblem)",
        where: isPureCore
      )
    ]

  private static let chance = [
    BannedPhrase(
      "Date()",
      instead: "take a Moment as an argument; the Clock port reads the time",
      where: isAwayFromClocks
    ),
    BannedPhrase(
      "Date.now",
      instead: "take a Moment as an argument; the Clock port reads the time",
      where: isAwayFromClocks
    ),
    BannedPhrase(
      "UUID()",
      instead: "take the identity as an argument; Wiring makes it",
      where: isAwayFromClocks
    ),
    BannedPhrase(
      ".random(",
      instead: "take the number, or a seeded generator, as an argument; Wiring makes it",
      where: isAwayFromClocks
    ),
    BannedPhrase(
      "ProcessInfo",
      instead: "take the variables as an argument; Wiring reads the process",
      where: isAwayFromClocks
    ),
  ]

  private static let traps = [
    BannedPhrase(
      "try!",
      instead: "use try, and let the error travel to where it is explained",
      where: { _ in true }
    ),
    BannedPhrase(
      "as!",
      instead: "use as? with a guard that says what went wrong",
      where: { _ in true }
    ),
    BannedPhrase(
      "@unchecked Sendable",
      instead: "use a value, an actor or a Mutex; only CurlThread.swift vouches for itself",
      where: { $0.name != "CurlThread.swift" }
    ),
    BannedPhrase("public", instead: "use package, which is our public", where: { _ in true }),
  ]

  /// `Process` crashes in memory it does not own once this process holds 1024 file descriptors, and
  /// the tests, all in one process, hold more.
  private static let programs = ["Process()", "Process.run("].map { text in
    BannedPhrase(
      text,
      instead: "it crashes beyond 1024 file descriptors: use Subprocess, in tests TestSupport",
      where: { _ in true }
    )
  }

  func findings(in source: SwiftSource) -> [Finding] {
    let phrases = Self.phrases.filter { $0.isBanned(source.file) }
    return source.tokens.indices.flatMap { index in
      phrases.filter { $0.stands(at: index, in: source.tokens) }.map { phrase in
        source.finding(
          line: source.tokens[index].line,
          "`\(phrase.text)` is banned here: \(phrase.instead)"
        )
      }
    }
  }

  private static let isPureCore: @Sendable (TextFile) -> Bool = { file in
    file.path.hasPrefix("Sources/ReleaseCore/")
      && !file.path.hasPrefix("Sources/ReleaseCore/Ports/")
  }

  /// Tests may make a name for a temporary folder; the product takes time, chance and identity as
  /// arguments everywhere but in these files.
  private static let isAwayFromClocks: @Sendable (TextFile) -> Bool = { file in
    file.path.hasPrefix("Sources/")
      && !file.path.hasPrefix("Sources/ReleaseCLI/Wiring")
      && !file.name.hasPrefix("Clock")
  }
}
