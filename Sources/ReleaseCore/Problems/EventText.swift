extension ReleaseEvent {
  /// What happened, in one line for people.
  package var text: String {
    switch self {
    case .declared(let declared):
      "git declares version \(declared.environment.version) (\(declared.commit.short))"
    case .recalled(let proofs, let rejections, _):
      "remembered from the registry: proven \(listed(proofs.map(\.version))), "
        + "rejected \(listed(rejections.map(\.version)))"
    case .opened(let release): release.openingText
    case .stepBegun(_, let step): step.text
    case .stepDone(_, let result): result.text
    case .stepFailed(_, let problem): "failed: \(problem.what) \(problem.why)"
    case .stepDropped: "given up"
    case .deployed(let target): "the platform is done with \(named(target))"
    case .identified(let target, let version, let answers):
      "\(named(target)) serves version \(version) (\(answers) answers in a row)"
    case .judged(let target, let gate, let verdict):
      verdict.text(of: gate) + (target == Target.onlyName ? "" : " at \(target)")
    case .bakingBegan: "all gates passed; they keep watching"
    case .proven(let proof):
      proof.basis == .rollback
        ? "back on version \(proof.version), as ordered" : "version \(proof.version) is proven"
    case .rejected(let rejection):
      "version \(rejection.version) is rejected: \(rejection.evidence)"
    case .turnedBack(let version, let failure, let rejection):
      "version \(rejection.version) is rejected, back to \(version): \(failure.text)"
    case .recovered(let target): "\(named(target)) is healthy again"
    case .returned(let version): "back on version \(version)"
    case .incumbentUnfit(let why):
      "the version served until now is not fit to return to: \(why.text)"
    case .superseded(let version): "superseded by version \(version)"
    case .held(let hold, _): "held: \(hold.reason.text)"
    case .rollbackOrdered(let pin):
      "\(pin.by) ordered a rollback to version \(pin.version): \(pin.reason)"
    case .resumed(let by, let reason): "\(by) resumed it: \(reason)"
    case .retried(let version, let by, let reason):
      "\(by) lets version \(version) be tried once more: \(reason)"
    case .yielded(let version, let environment): "version \(version) moved on to \(environment)"
    }
  }
}

extension Release {
  fileprivate var openingText: String {
    let back = previous.map { ", back to \($0) if it fails" } ?? ", with nothing to go back to"
    switch kind {
    case .promotion: return "release \(id): version \(version)\(back)"
    case .adoption: return "release \(id): adopts version \(version), which is already served"
    case .incumbent: return "release \(id): looks at version \(version), served until now"
    case .rollback: return "release \(id): rollback to version \(version)"
    }
  }
}

extension Step {
  /// What is about to be done.
  package var text: String {
    switch self {
    case .point(let version, _): "point the slot at version \(version)"
    case .deploy(let target, let version): "make \(named(target)) serve version \(version)"
    case .writeBack(let edit): "tell git: \(edit.environment): \(edit.subject)"
    case .tag(let version, let tags):
      "tag version \(version) in the registry as \(tags.first { $0.key.hasSuffix(".verdict") }?.value ?? "seen")"
    case .untag(let version, _): "take the verdict off version \(version) in the registry"
    }
  }
}

extension StepResult {
  /// What came of it.
  package var text: String {
    switch self {
    case .pointed: "the slot was read back and holds it"
    case .slotMoved(let found): "not done: the slot holds \(listed(found)) by now"
    case .deployed(let receipt):
      "the platform accepted it" + (receipt.id.map { " as \($0)" } ?? "")
    case .wroteBack(let commit): commit.map { "committed as \($0.short)" } ?? "git says so already"
    case .writeBackObsolete: "not done: git declares something newer"
    case .tagged: "the registry has it"
    }
  }
}
