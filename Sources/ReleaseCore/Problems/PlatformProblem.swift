/// What can go wrong with a platform.
package enum PlatformProblem: Problem {
  /// It cannot be reached.
  case unreachable(platform: String, why: String)
  /// It answered that it is out of order or that we ask too often.
  case outOfOrder(platform: String, why: String, retryAfter: Duration?)
  /// It refused the credentials, or there were none; the next step names the variable.
  case unauthorized(platform: String, why: String, nextStep: String)
  /// It does not allow what was asked, for want of a plan or a payment.
  case forbidden(platform: String, why: String, nextStep: String)
  /// It does not know the service.
  case serviceMissing(platform: String, service: String, nextStep: String)
  /// It refused or failed to deploy, in its own words.
  case deployFailed(platform: String, why: String)
  /// The deploy took longer than allowed.
  case timedOut(platform: String, after: Duration)
  /// The program to run does not exist or cannot be run.
  case cannotRun(platform: String, command: String, why: String)
  /// Its settings are wrong; the place says where.
  case misconfigured(platform: String, why: String, place: String)
  /// It answered something that is not its protocol.
  case unintelligible(platform: String, why: String)

  /// What happened.
  package var what: String {
    switch self {
    case .unreachable(let platform, _): "\(platform) cannot be reached."
    case .outOfOrder(let platform, _, _): "\(platform) is out of order."
    case .unauthorized(let platform, _, _): "\(platform) did not accept the credentials."
    case .forbidden(let platform, _, _): "\(platform) does not allow it."
    case .serviceMissing(let platform, let service, _):
      "\(platform) has no service \"\(service)\"."
    case .deployFailed(let platform, _): "The deploy on \(platform) failed."
    case .timedOut(let platform, let after):
      "The deploy on \(platform) did not finish within \(after.text)."
    case .cannotRun(_, let command, _): "\"\(command)\" cannot be run."
    case .misconfigured(let platform, _, _): "The settings of platform \(platform) are wrong."
    case .unintelligible(let platform, _): "The answer from \(platform) makes no sense."
    }
  }

  /// Why, in the platform's words.
  package var why: String {
    switch self {
    case .unreachable(_, let why), .outOfOrder(_, let why, _), .unauthorized(_, let why, _),
      .forbidden(_, let why, _), .deployFailed(_, let why), .cannotRun(_, _, let why),
      .unintelligible(_, let why):
      why
    case .misconfigured(_, let why, let place): place.isEmpty ? why : "\(place): \(why)"
    case .serviceMissing, .timedOut: ""
    }
  }

  /// What a person does.
  package var nextStep: String {
    switch self {
    case .unreachable: "Check the network; the deploy is tried again."
    case .outOfOrder: "No action: it is tried again."
    case .unauthorized(_, _, let nextStep), .forbidden(_, _, let nextStep),
      .serviceMissing(_, _, let nextStep):
      nextStep
    case .deployFailed: "Read the platform's log of this deploy."
    case .timedOut: "Read the platform's log, or allow more time in the environment's file."
    case .cannotRun: "Check the command and the working directory in the environment's file."
    case .misconfigured: "Correct the platform's settings there."
    case .unintelligible: "Check the address of the platform's API."
    }
  }

  /// What the controller does.
  package var handling: Handling {
    switch self {
    case .unreachable, .outOfOrder: .retry
    case .unauthorized, .forbidden, .serviceMissing, .misconfigured: .hold
    case .deployFailed, .timedOut, .cannotRun, .unintelligible: .stop
    }
  }

  /// For how long the platform asks to be left alone.
  package var retryAfter: Duration? {
    switch self {
    case .outOfOrder(_, _, let retryAfter): retryAfter
    case .unreachable, .unauthorized, .forbidden, .serviceMissing, .deployFailed, .timedOut,
      .cannotRun, .misconfigured, .unintelligible:
      nil
    }
  }

  /// How the problem looks to a decision that needed the fact.
  package var blindness: Blindness {
    let text = why.isEmpty ? what : "\(what) \(why)"
    switch self {
    case .unreachable: return .unreachable(text)
    case .outOfOrder: return .down(text)
    case .unauthorized, .forbidden, .serviceMissing, .misconfigured:
      return .denied(text, nextStep: nextStep)
    case .deployFailed, .timedOut, .cannotRun, .unintelligible: return .unreadable(text)
    }
  }

  /// The stable code.
  package var code: String {
    switch self {
    case .unreachable: "platform.unreachable"
    case .outOfOrder: "platform.out-of-order"
    case .unauthorized: "platform.unauthorized"
    case .forbidden: "platform.forbidden"
    case .serviceMissing: "platform.service-missing"
    case .deployFailed: "platform.deploy-failed"
    case .timedOut: "platform.timed-out"
    case .cannotRun: "platform.cannot-run"
    case .misconfigured: "platform.misconfigured"
    case .unintelligible: "platform.unintelligible"
    }
  }
}
