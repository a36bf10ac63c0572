import ReleaseCore

/// What stands under `platform: heroku:`.
struct HerokuSettings: Sendable, Equatable {
  /// The app's name or id.
  let app: String
  /// The config var that tells the service its version; nil when it follows the slot by itself.
  let variable: String?
  /// Where the app is declared, for messages.
  let appPlace: String
  /// Where the variable is declared, for messages.
  let variablePlace: String

  /// Reads and checks the settings.
  init(_ choice: PlatformChoice) throws(DeclarationProblem) {
    let reader = try SettingReader(choice, known: ["app", "variable"])
    app = try reader.requiredText("app", example: "iris-production")
    appPlace = reader.place(of: "app")
    guard app.utf8.allSatisfy(Self.isAllowed) else {
      throw .invalid(
        place: appPlace,
        why: "\"\(app)\" is not the name of a Heroku app.",
        nextStep: "Write the name as `heroku apps` lists it: lower-case letters, digits, hyphens."
      )
    }
    let name = try reader.variableName("variable") ?? "MODEL_VERSION"
    variable = name == "none" ? nil : name
    variablePlace = reader.place(of: "variable")
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      true
    case _: false
    }
  }
}
