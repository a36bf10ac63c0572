import ReleaseCore

/// A decision in one word, for tests of order.
enum Line: Equatable {
  case point(VersionNumber)
  case deploy(TargetName, VersionNumber)
  case live(TargetName)
  case identified(TargetName)
  case judged(TargetName, GateName)
  case proven(VersionNumber)
  case turnedBack(VersionNumber)
  case recovered(TargetName)

  /// Nil for what is not about the way of a version.
  init?(_ decision: Decision) {
    switch decision.step {
    case .point(let version, expecting: _)?: self = .point(version)
    case .deploy(let target, let version)?: self = .deploy(target, version)
    case .writeBack?, .tag?, .untag?, nil:
      switch decision.event {
      case .deployed(let target)?: self = .live(target)
      case .identified(let target, version: _, answers: _)?: self = .identified(target)
      case .judged(let target, let gate, verdict: _)?: self = .judged(target, gate)
      case .proven(let proof)?: self = .proven(proof.version)
      case .turnedBack(let version, failure: _, rejection: _)?: self = .turnedBack(version)
      case .recovered(let target)?: self = .recovered(target)
      case _: return nil
      }
    }
  }
}
