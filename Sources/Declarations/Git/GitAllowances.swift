/// How long git may take for what it does with a remote, and how long its answers count.
package struct GitAllowances: Sendable, Equatable {
  /// For asking and fetching what is new.
  package var fetch: Duration
  /// For the first fetch, which brings the whole history of the branch.
  package var clone: Duration
  /// For a push.
  package var push: Duration
  /// Before a read that goes by a look that was made ahead of it.
  package var lookAhead: Duration

  /// Ten seconds to fetch, so that an unreachable remote holds nothing up for long.
  package init(
    fetch: Duration = .seconds(10),
    clone: Duration = .seconds(300),
    push: Duration = .seconds(60),
    lookAhead: Duration = .seconds(1)
  ) {
    self.fetch = fetch
    self.clone = clone
    self.push = push
    self.lookAhead = lookAhead
  }
}
