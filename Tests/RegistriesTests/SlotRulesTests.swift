import ReleaseCore
import Testing

@testable import Registries

@Suite struct `Which slots can be used` {
  @Test(arguments: ["production", "PRODUCTION", "Production"])
  func `a stage is found in any case`(name: String) throws {
    #expect(try SlotRules.canonical(.stage(name: name)) == .stage(name: "Production"))
  }

  @Test(arguments: ["None", "Archived", "Canary", "", "Production "])
  func `a stage that cannot hold exactly one version is refused`(name: String) {
    let slot = Slot.stage(name: name)
    let why = "The stages that can be slots are Staging and Production."
    #expect(throws: RegistryProblem.slotInvalid(slot: slot, why: why)) {
      try SlotRules.canonical(slot)
    }
  }

  @Test(arguments: ["champion", "CHAMPION", "v1-blue", "v", "vx", "a_b-3", "9"])
  func `an alias keeps its spelling`(name: String) throws {
    #expect(try SlotRules.canonical(.alias(name: name)) == .alias(name: name))
  }

  @Test(arguments: ["", "a b!", "latest", "LATEST", "v1", "V22", "ä", "a/b", "..", "a\n"])
  func `a reserved or malformed alias is refused`(name: String) {
    #expect(throws: RegistryProblem.self) { try SlotRules.canonical(.alias(name: name)) }
  }
}
