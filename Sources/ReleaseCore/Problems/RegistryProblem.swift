/// What can go wrong with the model registry.
package enum RegistryProblem: Problem {
  /// It cannot be reached, or the way there is broken.
  case unreachable(registry: String, why: String)
  /// It answered that it is out of order (5xx, too many requests).
  case outOfOrder(registry: String, why: String)
  /// It refused the credentials, or there were none.
  case unauthorized(registry: String, why: String, nextStep: String)
  /// The credentials do not allow the call.
  case forbidden(registry: String, why: String)
  /// It has no such model.
  case modelMissing(model: ModelName, registry: String)
  /// It has no such version of the model.
  case versionMissing(model: ModelName, version: VersionNumber, listed: [VersionNumber])
  /// The slot cannot be used: no such stage, a reserved alias.
  case slotInvalid(slot: Slot, why: String)
  /// After the write the slot does not hold exactly the version it was pointed at.
  case slotContested(model: ModelName, slot: Slot, found: [VersionNumber], wanted: VersionNumber)
  /// It refused the call for another reason.
  case refused(registry: String, why: String, nextStep: String)
  /// It answered something that is not its protocol.
  case unintelligible(registry: String, why: String, nextStep: String)

  /// What happened.
  package var what: String {
    switch self {
    case .unreachable(let registry, _): "The registry at \(registry) cannot be reached."
    case .outOfOrder(let registry, _): "The registry at \(registry) is out of order."
    case .unauthorized(let registry, _, _):
      "The registry at \(registry) did not accept the credentials."
    case .forbidden(let registry, _): "The registry at \(registry) does not allow the call."
    case .modelMissing(let model, let registry):
      "The registry at \(registry) has no model \"\(model)\"."
    case .versionMissing(let model, let version, _):
      "The registry has no version \(version) of model \"\(model)\"."
    case .slotInvalid(let slot, _): "The registry cannot use \(slot)."
    case .slotContested(let model, let slot, _, let wanted):
      "The registry's \(slot) of model \"\(model)\" does not hold exactly version \(wanted)."
    case .refused(let registry, _, _): "The registry at \(registry) refused the call."
    case .unintelligible(let registry, _, _):
      "The answer from \(registry) is not a model registry's."
    }
  }

  /// Why, in the registry's words.
  package var why: String {
    switch self {
    case .unreachable(_, let why), .outOfOrder(_, let why), .unauthorized(_, let why, _),
      .forbidden(_, let why), .slotInvalid(_, let why), .refused(_, let why, _),
      .unintelligible(_, let why, _):
      why
    case .modelMissing: ""
    case .versionMissing(_, _, let listed):
      listed.isEmpty
        ? "It has no versions of it at all."
        : "It has \(listed.map(\.description).joined(separator: ", "))."
    case .slotContested(_, _, let found, _):
      found.isEmpty
        ? "It is empty."
        : "It holds \(found.map(\.description).joined(separator: ", "))."
    }
  }

  /// What a person does.
  package var nextStep: String {
    switch self {
    case .unreachable:
      "Check that it runs and that MLFLOW_TRACKING_URI is right, then try again."
    case .outOfOrder: "Check the registry's own logs; the release goes on when it answers again."
    case .unauthorized(_, _, let nextStep), .refused(_, _, let nextStep),
      .unintelligible(_, _, let nextStep):
      nextStep
    case .forbidden: "Give the account the right to edit this registered model."
    case .modelMissing(let model, _):
      """
      Register a version of "\(model)" there, or correct `model:` in the environment's file. If it is \
      in another registry, set MLFLOW_TRACKING_URI to that one's address.
      """
    case .versionMissing(_, let version, let listed):
      listed.isEmpty
        ? "Register version \(version) first."
        : "Register version \(version), or declare one that exists."
    case .slotInvalid: "Correct `slot:` in the environment's file."
    case .slotContested:
      "Another writer moves the same slot: stop it, then run `release reconcile --once`."
    }
  }

  /// What the controller does.
  package var handling: Handling {
    switch self {
    case .unreachable, .outOfOrder: .retry
    case .unauthorized, .forbidden, .modelMissing, .versionMissing, .slotInvalid, .slotContested,
      .refused, .unintelligible:
      .hold
    }
  }

  /// The stable code.
  package var code: String {
    switch self {
    case .unreachable: "registry.unreachable"
    case .outOfOrder: "registry.out-of-order"
    case .unauthorized: "registry.unauthorized"
    case .forbidden: "registry.forbidden"
    case .modelMissing: "registry.model-missing"
    case .versionMissing: "registry.version-missing"
    case .slotInvalid: "registry.slot-invalid"
    case .slotContested: "registry.slot-contested"
    case .refused: "registry.refused"
    case .unintelligible: "registry.unintelligible"
    }
  }

  /// How the problem looks to a decision that needed the fact.
  package var blindness: Blindness {
    let text = why.isEmpty ? what : "\(what) \(why)"
    switch self {
    case .unreachable: return .unreachable(text)
    case .outOfOrder: return .down(text)
    case .unauthorized, .forbidden: return .denied(text, nextStep: nextStep)
    case .modelMissing, .versionMissing, .slotInvalid, .slotContested, .refused, .unintelligible:
      return .unreadable(text)
    }
  }
}
