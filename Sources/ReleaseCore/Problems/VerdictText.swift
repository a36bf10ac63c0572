extension Verdict {
  /// The verdict as a sentence with its numbers.
  ///
  /// For example `accuracy 0.412 (n=212) is below 0.95: fail, evidence 1:10^31`.
  package func text(of gate: GateName) -> String {
    switch self {
    case .pass(let finding): "\(finding.text(of: gate)): pass\(finding.strength(passing: true))"
    case .fail(let finding): "\(finding.text(of: gate)): fail\(finding.strength(passing: false))"
    case .undecided(let finding): "\(finding.text(of: gate)): undecided"
    case .unmeasured(let why): "\(gate): unmeasured, \(why.text)"
    }
  }

  /// One word.
  package var word: String {
    switch self {
    case .pass: "pass"
    case .fail: "fail"
    case .undecided: "undecided"
    case .unmeasured: "unmeasured"
    }
  }
}

extension Finding {
  /// What was found, as a clause with its numbers.
  package func text(of gate: GateName) -> String {
    switch self {
    case .offline(let finding): finding.text
    case .healthy(let inARow, let needed): "\(gate) \(inARow) of \(needed) good answers in a row"
    case .unhealthy(let complaint): "\(gate): \(complaint)"
    case .counted(let finding): finding.text(of: gate)
    case .gauge(let values, let min, let needed):
      "\(gate) \(values.map { $0.text(decimals: 4) }.joined(separator: ", ")) "
        + "(\(values.count) of \(needed) readings, no sample size) against \(min.text(decimals: 4))"
    case .nothing(let why): "\(gate): \(why?.text ?? "nothing measured yet")"
    }
  }

  /// `accuracy 0.41 < 0.95, n=212`: short enough for a commit's first line.
  package func summary(of gate: GateName) -> String {
    switch self {
    case .counted(let finding):
      "\(gate) \(finding.share.text(decimals: 3)) < \(finding.min.text(decimals: 4)), "
        + "n=\(finding.total)"
    case .offline(let finding): finding.text
    case .gauge(let values, let min, _):
      "\(gate) \((values.last ?? 0).text(decimals: 4)) < \(min.text(decimals: 4))"
    case .unhealthy, .healthy, .nothing: "\(gate)"
    }
  }

  func strength(passing: Bool) -> String {
    guard case .counted(let finding) = self else { return "" }
    guard !finding.isEstimate else { return " (an estimate at the limit, no error bound)" }
    return ", evidence \(Self.odds(passing ? finding.logPass : finding.logFail))"
  }

  /// Odds from a natural logarithm, rounded down to a power of ten: `1:100`, `1:10^31`.
  private static func odds(_ log: Double) -> String {
    let tens = Int(log / 2.302585092994046)
    guard tens < 4 else { return "1:10^\(tens)" }
    return "1:1" + String(repeating: "0", count: Swift.max(0, tens))
  }
}

extension CountedFinding {
  /// The share of good outcomes; 0 without any.
  package var share: Double { total == 0 ? 0 : Double(good) / Double(total) }

  func text(of gate: GateName) -> String {
    guard total > 0 else { return "\(gate) has no outcomes yet (n=0) against \(limit)" }
    let relation = share < min ? "below" : "at or above"
    return "\(gate) \(share.text(decimals: 3)) (n=\(total)) is \(relation) \(limit)"
  }

  private var limit: String { min.text(decimals: 4) }
}

extension OfflineFinding {
  var text: String {
    var limits: [String] = []
    if let min { limits.append("least \(min.text(decimals: 4))") }
    if let maxDrop, let current {
      limits.append(
        "at most \(maxDrop.text(decimals: 4)) less than \(current.text(decimals: 4)) now"
      )
    }
    return "offline \(metric) \(value.text(decimals: 4)) (\(limits.joined(separator: ", ")))"
  }
}

extension Failure {
  /// Short enough for a commit's first line.
  package var summary: String {
    switch self {
    case .gate(let name, _, let verdict):
      switch verdict {
      case .fail(let finding): finding.summary(of: name)
      case .undecided, .pass: "\(name) undecided"
      case .unmeasured: "\(name) unmeasured"
      }
    case .deploy(let target, _): "deploy of \(target) failed"
    case .neverServed(let target, _): "\(target) never served it"
    case .stoppedServing(let target, _): "\(target) stopped serving it"
    }
  }

  /// A sentence with its numbers.
  package var text: String {
    switch self {
    case .gate(let name, let target, let verdict):
      verdict.text(of: name) + (target.map { $0 == Target.onlyName ? "" : " at \($0)" } ?? "")
    case .deploy(let target, let why): "the deploy of \(target) failed: \(why)"
    case .neverServed(let target, let why): "\(target) never served the version: \(why)"
    case .stoppedServing(let target, let why): "\(target) stopped serving the version: \(why)"
    }
  }
}
