import Testing

/// A hosting platform, and what its stand-in is told to make it do.
enum Vendor: String, Sendable, CaseIterable, CustomTestStringConvertible {
  case render
  case railway
  case heroku

  var testDescription: String { rawValue }

  /// Its settings under `platform:`.
  var settings: String {
    switch self {
    case .render: "{service: srv-standin0000000000000}"
    case .railway: "{project: \(id(1)), environment: \(id(2)), service: \(id(3))}"
    case .heroku: "{app: iris-standin}"
    }
  }

  /// The same settings, but of a service that is not there.
  var settingsOfNobody: String {
    switch self {
    case .render: "{service: srv-nobody}"
    case .railway: "{project: \(id(1)), environment: \(id(2)), service: \(id(9))}"
    case .heroku: "{app: iris-nobody}"
    }
  }

  /// The variable that `release` takes the key from.
  var keyVariable: String {
    switch self {
    case .render: "RENDER_API_KEY"
    case .railway: "RAILWAY_TOKEN"
    case .heroku: "HEROKU_API_KEY"
    }
  }

  /// The key that the stand-in accepts.
  var key: String {
    switch self {
    case .render: "rnd_standin"
    case .railway: "project-standin"
    case .heroku: "heroku-standin"
    }
  }

  /// Where a person gets such a key, as the message has to say.
  var keyPlace: String {
    switch self {
    case .render: "https://dashboard.render.com/u/settings#api-keys"
    case .railway: "Settings, Tokens"
    case .heroku: "`heroku authorizations:create"
    }
  }

  /// The variables that lead `release` to the stand-in.
  func variables(url: String, key: String) -> [String: String] {
    let address =
      switch self {
      case .render: ["RENDER_API_URL": url]
      case .railway: ["RAILWAY_API_URL": url + "/graphql/v2"]
      case .heroku: ["HEROKU_API_URL": url]
      }
    return address.merging([keyVariable: key]) { $1 }
  }

  // MARK: Orders

  /// The next deploy fails, whatever the service does.
  var failsNext: String {
    switch self {
    case .render: #"{"next": [{"ends": "update_failed", "reason": {"nonZeroExit": 137}}]}"#
    case .railway: #"{"next": [{"ends": "FAILED", "error": "no space left on device"}]}"#
    case .heroku: #"{"phases": [{"fails": true, "output": "no space left on device"}]}"#
    }
  }

  /// How the platform says that it failed.
  var wordsOfFailure: String {
    switch self {
    case .render: "ended as update_failed: it exited with status 137"
    case .railway: "FAILED. it says: BUILD_IMAGE: no space left on device"
    case .heroku: "the release phase of v2 failed: no space left on device"
    }
  }

  /// The next deploy is not done with until it may go on.
  var staysNext: String {
    switch self {
    case .render: #"{"next": [{"stays": "update_in_progress"}]}"#
    case .railway: #"{"next": [{"stays": "DEPLOYING"}]}"#
    case .heroku: #"{"phases": [{"waits": true}]}"#
    }
  }

  /// What stays may go on.
  var goesOn: String { #"{"go": true}"# }

  /// Somebody pushes to the service's branch.
  var isPushedTo: String {
    switch self {
    case .render: #"{"push": {}}"#
    case .railway: #"{"push": true}"#
    case .heroku: #"{"push": "a1b2c3d"}"#
    }
  }

  /// Somebody sets the version in the platform's dashboard and deploys.
  func isSet(to version: Int) -> String {
    let variables = #"{"MODEL_VERSION": "\#(version)"}"#
    return switch self {
    case .render: #"{"variables": \#(variables), "push": {}}"#
    case .railway: #"{"variables": \#(variables), "push": true}"#
    case .heroku: #"{"set": \#(variables)}"#
    }
  }

  /// The plan or the bill does not allow what is asked.
  var refusesForPlan: String {
    switch self {
    case .render: #"{"suspended": ["billing"]}"#
    case .railway:
      #"""
      {"operations": [{"operation": "Look", "do": "refuse", "times": 99,
        "message": "Your trial has expired. Please select a plan to continue."}]}
      """#
    case .heroku:
      #"""
      {"faults": [{"do": "status", "status": 402, "path": "/apps/", "times": 99,
        "body": {"id": "delinquent", "message": "Please update your payment method."}}]}
      """#
    }
  }

  /// The next order of a deploy is refused as one whose key is not known.
  var refusesNextOrder: String {
    switch self {
    case .render:
      #"""
      {"faults": [{"do": "status", "status": 401, "method": "POST", "path": "/deploys$",
        "body": {"message": "Unauthorized"}}]}
      """#
    case .railway:
      #"{"operations": [{"operation": "Deploy", "do": "refuse", "message": "Not Authorized"}]}"#
    case .heroku:
      #"""
      {"faults": [{"do": "status", "status": 401, "method": "PATCH", "path": "/config-vars$",
        "body": {"id": "unauthorized", "message": "Invalid credentials provided."}}]}
      """#
    }
  }

  private func id(_ number: Int) -> String {
    "6c1f0b7e-0000-4000-8000-00000000000\(number)"
  }
}
