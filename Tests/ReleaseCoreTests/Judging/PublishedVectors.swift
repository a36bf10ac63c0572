import FoundationEssentials
import ReleaseCore

/// The vectors of `../shared/data/vectors/stats.json`, when that folder is there.
struct PublishedVectors {
  struct Case {
    var side: BettingMixture.Side
    var hypothesis: Double
    var good: Int
    var half: Int
    var bad: Int
    var logEvidence: Double
  }

  static let shared = PublishedVectors()

  var cases: [Case]

  private struct File: Decodable {
    var betMixture: List
    var betMixtureThreeValued: List
  }

  private struct List: Decodable {
    var cases: [Row]
  }

  private struct Row: Decodable {
    var side: String
    var m: String
    var S: Int?
    var F: Int?
    var n1: Int?
    var nh: Int?
    var n0: Int?
    var logE: Double
  }

  private init?() {
    let project = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path = project.appending(path: "../shared/data/vectors/stats.json")
    guard let data = try? Data(contentsOf: path),
      let file = try? JSONDecoder().decode(File.self, from: data)
    else { return nil }
    cases = (file.betMixture.cases + file.betMixtureThreeValued.cases).compactMap { row in
      guard let hypothesis = Double(row.m) else { return nil }
      return Case(
        side: row.side == "fail" ? .atLeast : .atMost,
        hypothesis: hypothesis,
        good: row.S ?? row.n1 ?? 0,
        half: row.nh ?? 0,
        bad: row.F ?? row.n0 ?? 0,
        logEvidence: row.logE
      )
    }
  }
}
