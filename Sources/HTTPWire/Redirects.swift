/// What to do with an answer that points elsewhere.
package enum Redirects: Sendable, Equatable {
  /// Every 3xx is returned as the response it is.
  case refuse
  /// Follows at most `max` redirects that stay on the same scheme, host and port.
  ///
  /// Any other redirect is returned as the response it is, so that credentials never travel to
  /// another party. A write is repeated only where the status says so (307 and 308).
  case sameOrigin(max: Int)
}
