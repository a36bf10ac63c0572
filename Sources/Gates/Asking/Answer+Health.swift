import HTTPWire
import ReleaseCore

extension Answer {
  /// Whether the service says it is well: a 2xx whose JSON fields have the expected texts.
  ///
  /// A 5xx is the service's own word that it is not; any other status says nothing about it.
  func health(expecting expected: [String: String]) throws(Blind) -> Reading {
    if response.status >= 500 { return .unhealthy("answered \(response.status)\(bodyShown)") }
    try checkStatus()
    guard !expected.isEmpty else { return .healthy }
    let body = try json()
    var differences: [String] = []
    for (field, text) in expected.sorted(by: { $0.key < $1.key }) {
      guard let value = body.value(at: field) else {
        throw unreadable("answered without a field \(field)")
      }
      guard let found = value.scalarText else {
        throw unreadable("has no text in \(field): it is \(value.kind)")
      }
      if found != text {
        differences.append("\(field) is \"\(Self.shown(found))\", expected \"\(text)\"")
      }
    }
    return differences.isEmpty ? .healthy : .unhealthy(differences.joined(separator: "; "))
  }
}
