/// What one request may cost; nothing is unlimited.
package struct Limits: Sendable, Equatable {
  /// How long name lookup, connecting and the TLS handshake may take together.
  package var connect: Duration
  /// How long everything may take, waiting for a free connection and redirects included.
  package var total: Duration
  /// How large the body may become, after decompression.
  package var bodyBytes: Int
  /// How large all header lines of one response may be together.
  package var headerBytes: Int
  /// How many times larger than what was received a decompressed body may become.
  package var compressionRatio: Int

  /// Makes limits; the defaults suit a small JSON API.
  package init(
    connect: Duration = .seconds(5),
    total: Duration = .seconds(30),
    bodyBytes: Int = 4 * 1024 * 1024,
    headerBytes: Int = 64 * 1024,
    compressionRatio: Int = 100
  ) {
    self.connect = connect
    self.total = total
    self.bodyBytes = bodyBytes
    self.headerBytes = headerBytes
    self.compressionRatio = compressionRatio
  }
}
