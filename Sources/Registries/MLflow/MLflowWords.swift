import HTTPWire
import ReleaseCore

/// Makes the other party's words fit to be shown: short, printable, on one line, without secrets.
enum MLflowWords {
  /// What to do when the answers are not MLflow's.
  static let addressStep =
    "Check that MLFLOW_TRACKING_URI is the address of the MLflow server itself, its path included, "
    + "and not of a page or login in front of it."

  /// More than this is not searched for words or secrets; only the beginning is ever shown.
  private static let windowBytes = 16 * 1024

  /// Whether the answer is a page for a browser.
  static func isPage(_ response: Response) -> Bool {
    let head = String(decoding: response.body.prefix(64), as: UTF8.self).lowercased()
    return head.contains("<!doctype html") || head.contains("<html")
  }

  /// MLflow's message, or the body itself without the marks of a page.
  static func excerpt(_ message: String?, or response: Response, secrets: [String]) -> String {
    let text = message ?? String(decoding: response.body.prefix(windowBytes), as: UTF8.self)
    let plain = message == nil && isPage(response) ? withoutMarks(text) : text
    // Before cutting: half a secret would not be recognised.
    let safe = Redaction.removing(secrets, from: String(plain.prefix(windowBytes)))
    return Redaction.excerpt(Array(safe.utf8))
  }

  /// Why an answer with a good status cannot be used.
  static func unintelligible(
    _ response: Response,
    to call: MLflowCall,
    from registry: String,
    secrets: [String]
  ) -> RegistryProblem {
    let kind = Redaction.excerpt(Array((response.contentType ?? "no content type").utf8), limit: 64)
    let shown = excerpt(nil, or: response, secrets: secrets)
    let why = "\(call.label) answered \(response.status) with \(kind): "
    return .unintelligible(
      registry: registry,
      why: why + (shown.isEmpty ? "nothing" : shown),
      nextStep: addressStep
    )
  }

  /// The text between the tags of a page.
  private static func withoutMarks(_ page: String) -> String {
    var text = ""
    var isInTag = false
    for character in page {
      if character == "<" {
        isInTag = true
        text += " "
      } else if character == ">" {
        isInTag = false
      } else if !isInTag {
        text.append(character)
      }
    }
    return text
  }
}
