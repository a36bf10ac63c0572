import FoundationEssentials
import HTTPWire
import ReleaseCore

/// An answer with which MLflow, or something in front of it, refused a call.
struct MLflowRefusal: Sendable, Equatable {
  /// The HTTP status.
  let status: Int
  /// MLflow's own code; nil when the answer is not MLflow's JSON.
  let code: String?
  /// The other party's words, safe to show.
  let message: String
  /// The call, as messages name it.
  let call: String

  private struct Body: Decodable {
    var errorCode: String?
    var message: String?
  }

  /// Reads a refusal; `secrets` are kept out of its words.
  init(_ response: Response, to call: MLflowCall, secrets: [String]) {
    let body = MLflowReply.decode(Body.self, from: response)
    status = response.status
    code = body?.errorCode.map { Redaction.excerpt(Array($0.utf8), limit: 64) }
    self.call = call.label
    if (300..<400).contains(status), let location = response.header("Location") {
      message = "it leads to \(Redaction.url(location))"
    } else {
      message = MLflowWords.excerpt(body?.message, or: response, secrets: secrets)
    }
  }

  /// Whether a thing that was named does not exist.
  var isMissing: Bool {
    status == 404 && (code == "RESOURCE_DOES_NOT_EXIST" || code == "NOT_FOUND")
      && !isWorkspaceMissing
  }

  /// Whether the alias does not exist, which MLflow answers with 400; the model may be missing too.
  var isAliasMissing: Bool {
    isMissing
      || (status == 400 && code == "INVALID_PARAMETER_VALUE"
        && message.hasPrefix("Registered model alias ") && message.contains(" not found"))
  }

  /// Whether two writers created the same alias at the same instant and this one came second.
  var isCreationRace: Bool {
    status == 400
      && ["UNIQUE constraint", "duplicate key", "Duplicate entry"].contains {
        message.contains($0)
      }
  }

  /// What it means to the registry's callers.
  func problem(registry: String) -> RegistryProblem {
    switch status {
    case 401:
      return .unauthorized(registry: registry, why: words, nextStep: Self.credentialsStep)
    case 403:
      if let step = securityStep {
        return .refused(registry: registry, why: words, nextStep: step)
      }
      return .forbidden(registry: registry, why: words)
    case 408, 409, 429, 500...:
      return .outOfOrder(registry: registry, why: words)
    case 404 where isWorkspaceMissing:
      return .refused(registry: registry, why: words, nextStep: "Correct MLFLOW_WORKSPACE.")
    case _ where isFromElsewhere:
      return .unintelligible(registry: registry, why: words, nextStep: MLflowWords.addressStep)
    default:
      let step = "Correct what the registry names; the call was made as documented by MLflow."
      return .refused(registry: registry, why: words, nextStep: step)
    }
  }

  /// `GET model-versions/get answered 404 RESOURCE_DOES_NOT_EXIST: Model Version … not found`.
  private var words: String {
    let head = "\(call) answered \(status)" + (code.map { " \($0)" } ?? "")
    return message.isEmpty ? head + "." : "\(head): \(message)"
  }

  /// A redirect, an unknown path, a wrong method: MLflow's API is not what answered.
  private var isFromElsewhere: Bool {
    (300..<400).contains(status) || status == 405 || (status == 404 && code == nil)
  }

  private var isWorkspaceMissing: Bool { message.hasPrefix("Workspace ") }

  /// What to do about MLflow's security middleware; nil when it was not the one to refuse.
  private var securityStep: String? {
    if message.hasPrefix("Invalid Host header") {
      return "Start the MLflow server with --allowed-hosts naming the host and port of "
        + "MLFLOW_TRACKING_URI exactly as written there (or MLFLOW_SERVER_ALLOWED_HOSTS)."
    }
    if message.hasPrefix("Cross-origin request blocked") {
      return "Remove the Origin header that a proxy adds on the way to the MLflow server."
    }
    return nil
  }

  private static let credentialsStep =
    "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN where the "
    + "server takes bearer tokens; MLflow's own basic-auth app does not."
}
