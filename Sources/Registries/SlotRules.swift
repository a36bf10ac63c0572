import ReleaseCore

/// Which slots a registry can use: MLflow's rules, which the other registries follow too.
///
/// They are applied before anything is sent, so that every registry refuses the same slots in the
/// same words.
enum SlotRules {
  /// The stages that can hold exactly one version.
  ///
  /// `None` and `Archived` are where versions go that leave a stage, any number of them; MLflow
  /// answers 500 when it is asked to empty one of those for a newcomer.
  static let stages = ["Staging", "Production"]

  /// Where a version goes that leaves a stage.
  static let archived = "Archived"

  /// The slot as registries spell it, stages in their canonical case.
  ///
  /// - Throws: `slotInvalid` for a stage or an alias that cannot be a slot.
  static func canonical(_ slot: Slot) throws(RegistryProblem) -> Slot {
    switch slot {
    case .stage(let name):
      guard let stage = stages.first(where: { $0.lowercased() == name.lowercased() }) else {
        let known = stages.joined(separator: " and ")
        throw .slotInvalid(slot: slot, why: "The stages that can be slots are \(known).")
      }
      return .stage(name: stage)
    case .alias(let name):
      if let reason = aliasRefusal(name) { throw .slotInvalid(slot: slot, why: reason) }
      return slot
    }
  }

  /// Why a name cannot be an alias; nil when it can.
  private static func aliasRefusal(_ name: String) -> String? {
    guard !name.isEmpty, name.utf8.count <= 255, name.utf8.allSatisfy(isAliasByte) else {
      return "An alias has 1 to 255 letters, digits, underscores and dashes."
    }
    let lowered = name.lowercased()
    if lowered == "latest" { return "The alias \"latest\" is reserved." }
    if lowered.first == "v", lowered.count > 1, lowered.dropFirst().allSatisfy(\.isNumber) {
      return "Aliases of the form v1, v2, … are reserved."
    }
    return nil
  }

  private static func isAliasByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default:
      false
    }
  }
}
