import ReleaseCore

/// What stands under `platform: render:`.
struct RenderSettings: Sendable, Equatable {
  /// What Render does with the code when a version is deployed; the raw value is its own word.
  enum Mode: String, Sendable {
    /// The last successful build runs again, with the variables as they are now.
    case deployOnly = "deploy_only"
    /// The code is built anew, which may also bring in newer code.
    case buildAndDeploy = "build_and_deploy"
  }

  /// The service's id.
  let service: String
  /// The variable that tells the service which version to serve; nil when it follows the slot.
  let variable: String?
  /// What Render does with the code.
  let mode: Mode
  /// How long a deploy may take, from the accepted order on.
  let timeout: Duration
  /// Where the service is declared, for messages.
  let servicePlace: String
  /// Where the variable is declared, for messages.
  let variablePlace: String

  /// Reads and checks the settings.
  init(_ choice: PlatformChoice) throws(DeclarationProblem) {
    let reader = try SettingReader(choice, known: ["service", "variable", "deploy", "timeout"])
    servicePlace = reader.place(of: "service")
    variablePlace = reader.place(of: "variable")
    service = try reader.requiredText("service", example: "srv-…")
    guard Self.isServiceID(service) else {
      throw .invalid(
        place: servicePlace,
        why: "\"\(service)\" is not the id of a Render service.",
        nextStep: "Write service: srv-…, as the address of the service's dashboard page ends."
      )
    }
    let name = try reader.variableName("variable") ?? "MODEL_VERSION"
    variable = name == "none" ? nil : name
    guard name != RenderMark.variable else {
      throw .invalid(
        place: variablePlace,
        why: "\(name) is the variable by which the controller knows its own deploys.",
        nextStep: "Name another variable for the version, for example MODEL_VERSION."
      )
    }
    let word = try reader.text("deploy") ?? Mode.deployOnly.rawValue
    guard let mode = Mode(rawValue: word) else {
      throw .invalid(
        place: reader.place(of: "deploy"),
        why: "Render cannot \"\(word)\".",
        nextStep: "Write deploy: deploy_only, or deploy: build_and_deploy."
      )
    }
    self.mode = mode
    timeout = try reader.duration("timeout", default: Self.usualTimeout(mode))
  }

  /// Longer than Render's own limits: half an hour for a pre-deploy command, a quarter of an hour
  /// for health, and two hours for a build.
  private static func usualTimeout(_ mode: Mode) -> Duration {
    switch mode {
    case .deployOnly: .seconds(3600)
    case .buildAndDeploy: .seconds(3 * 3600)
    }
  }

  /// The id becomes part of every address; what is no id must not get there.
  private static func isServiceID(_ text: String) -> Bool {
    text.hasPrefix("srv-") && text.utf8.count > 4
      && text.utf8.dropFirst(4).allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
  }
}
