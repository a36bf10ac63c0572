import ReleaseCore

/// What stands under `platform: webhook:`.
struct WebhookSettings: Sendable, Equatable {
  /// Where orders are posted.
  let url: String
  /// Where the progress of an order is asked; nil when an accepted order is done.
  let statusURL: String?
  /// How long a deploy may take, from the accepted order on.
  let timeout: Duration
  /// The variable that holds the secret which signs orders; nil for unsigned ones.
  let secretVariable: String?
  /// Where the address is declared, for messages.
  let urlPlace: String
  /// Where the status address is declared, for messages.
  let statusPlace: String

  /// Reads and checks the settings.
  init(_ choice: PlatformChoice) throws(DeclarationProblem) {
    let reader = try SettingReader(
      choice,
      known: ["url", "status-url", "timeout", "secret-variable"]
    )
    url = try reader.requiredURL("url")
    statusURL = try reader.url("status-url")
    timeout = try reader.duration("timeout", default: .seconds(900))
    secretVariable = try reader.variableName("secret-variable")
    urlPlace = reader.place(of: "url")
    statusPlace = reader.place(of: "status-url")
  }
}
