/// What a server answered, whole: a response exists only once its body has arrived completely.
package struct Response: Sendable, Equatable {
  /// The status code; 4xx and 5xx are answers, not errors.
  package var status: Int
  /// The header lines in the order they came, without those of interim (1xx) answers.
  package var headers: [HeaderField]
  /// The body, decompressed.
  package var body: [UInt8]
  /// How long the exchange took, from its start on the wire; waiting for a free place is not in it.
  package var elapsed: Duration

  /// Makes a response.
  package init(
    status: Int,
    headers: [HeaderField] = [],
    body: [UInt8] = [],
    elapsed: Duration = .zero
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.elapsed = elapsed
  }

  /// The value of the first header with this name, in any case.
  package func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }

  /// The value of `Content-Type`, parameters included.
  package var contentType: String? { header("Content-Type") }
}
