import HTTPWire
import ReleaseCore

/// What a service answered when it was asked for a path.
struct Answer: Sendable {
  /// The question, as it is shown: `GET /health`.
  let place: String
  let response: Response

  /// A blindness of the kind "it answered, but not with what was asked for".
  func unreadable(_ what: String) -> Blind { Blind(.unreadable("\(place) \(what)")) }

  /// The beginning of the body, after a colon; nothing when there is no body.
  var bodyShown: String {
    let excerpt = Self.shown(response.body[...])
    return excerpt.isEmpty ? "" : ": \(excerpt)"
  }

  /// Text from outside as it may be shown: one line of at most 120 printable bytes.
  static func shown(_ text: String) -> String { shown(Array(text.utf8)[...]) }

  /// Refuses an answer that a cache has kept for too long.
  func checkAge(_ ageMax: Duration) throws(Blind) {
    guard let text = response.header("Age"), text.utf8.allSatisfy(LineReader.isDigit) else {
      return
    }
    // Digits that make no number are too many: an age beyond all counting.
    guard .seconds(text.isEmpty ? 0 : Int(text) ?? .max) <= ageMax else {
      throw unreadable("was answered by a cache with an answer \(Self.shown(text)) s old")
    }
  }

  /// Refuses every status but 2xx.
  func checkStatus() throws(Blind) {
    let status = response.status
    switch status {
    case 200..<300:
      return
    case 401, 403, 407:
      throw Blind(.denied("\(place) answered \(status): we may not look"))
    case 404:
      throw unreadable("answered 404: the service has no such path")
    case 300..<400:
      throw unreadable("answered \(status), a redirect: declare the path that answers itself")
    case 500...:
      throw Blind(.down("\(place) answered \(status)\(bodyShown)"))
    default:
      throw unreadable("answered \(status)\(bodyShown)")
    }
  }

  /// The body as JSON.
  func json() throws(Blind) -> JSONValue {
    guard let type = response.contentType.flatMap(MediaType.init) else {
      throw unreadable("answered without a content type, not as JSON\(bodyShown)")
    }
    guard type.isJSON else {
      throw unreadable("answered \(Self.shown(type.essence)), not JSON\(bodyShown)")
    }
    do throws(JSONProblem) {
      return try JSONReader.read(response.body)
    } catch {
      throw unreadable("answered JSON that cannot be read, \(error)")
    }
  }

  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    Redaction.excerpt(Array(bytes), limit: 120)
  }
}
