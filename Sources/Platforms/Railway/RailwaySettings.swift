import ReleaseCore

/// What stands under `platform: railway:`.
struct RailwaySettings: Sendable, Equatable {
  /// The id of the project.
  let project: String
  /// The id of the environment in it.
  let environment: String
  /// The id of the service.
  let service: String
  /// The variable that tells the service its version; nil when it follows the slot by itself.
  let variable: String?
  /// Where the variable is declared, for messages.
  let variablePlace: String

  /// Reads and checks the settings.
  init(_ choice: PlatformChoice) throws(DeclarationProblem) {
    let reader = try SettingReader(
      choice,
      known: ["project", "environment", "service", "variable"]
    )
    let example = "8a1e5f0c-3b1d-4f7e-9a55-0c6d1c2b7e11, an id"
    project = try reader.requiredText("project", example: example)
    environment = try reader.requiredText("environment", example: example)
    service = try reader.requiredText("service", example: example)
    let name = try reader.variableName("variable") ?? "MODEL_VERSION"
    variable = name == "none" ? nil : name
    variablePlace = reader.place(of: "variable")
  }
}
