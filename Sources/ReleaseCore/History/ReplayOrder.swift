// What becomes of a rollback that stands over what git declares, and of what git is told of it.
extension History {
  /// The order ends; git is owed nothing of it any more.
  mutating func endOrder() {
    forgetWriteBacks()
    pin = nil
  }

  /// The version that was gone back to failed where it stood, and another one stands now: the order
  /// stands on that one, and git is told of it instead.
  ///
  /// Without this git would be told to declare what was rejected, or what was fled would return.
  mutating func moveOrder(after way: Return) {
    guard var pin, pin.isDone, pin.version == way.from.version else { return }
    pin.version = way.version
    self.pin = pin
    forgetWriteBacks()
    tellGit(Debt.writeBack(of: pin, release: way.from, in: self))
  }

  /// Git is told the latest thing only: an older one would be read as a new wish.
  mutating func tellGit(_ debt: Debt?) {
    guard let debt else { return }
    forgetWriteBacks()
    debts.append(debt)
  }

  /// Nothing of what was owed to git is true any more.
  mutating func forgetWriteBacks() {
    if let index = debtBeingPaid, debts[index].step.isWriteBack { openStep = nil }
    debts.removeAll { $0.step.isWriteBack }
  }

  /// What git may declare from now on because it was told to.
  mutating func told(_ step: Step) {
    guard case .writeBack(let edit) = step, !toldGit.contains(edit.version) else { return }
    toldGit.append(edit.version)
  }

  /// What came of telling git.
  mutating func heard(_ step: Step, _ result: StepResult) {
    guard case .writeBack(let edit) = step else { return }
    switch result {
    case .wroteBack: gitSays = edit.version
    case .writeBackObsolete: toldGit.removeAll { $0 == edit.version }
    case .pointed, .slotMoved, .deployed, .tagged: break
    }
  }

  /// Whether git declares a version only because it was told to, before a person ordered another one.
  func isEcho(_ version: VersionNumber) -> Bool {
    guard let pin else { return false }
    return pin.version != version && toldGit.contains(version)
  }

  /// Git declares what it was told before the latest order, which goes on over that.
  mutating func hearEcho(of version: VersionNumber) {
    pin?.overriding = version
    toldGit.removeAll { $0 == version }
    guard let pin, pin.isDone else { return }
    tellGit(Debt.writeBack(of: pin, release: nil, in: self))
  }
}

extension Step {
  /// Whether git is told something.
  fileprivate var isWriteBack: Bool {
    switch self {
    case .writeBack: true
    case .point, .deploy, .tag, .untag: false
    }
  }
}
