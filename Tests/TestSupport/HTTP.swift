/// Asks servers of the tests, without the client that is under test.
package enum HTTP {
  /// What a server answered.
  package struct Answer: Sendable {
    /// The status.
    package var status: Int
    /// The body.
    package var body: String
  }

  /// Asks with GET.
  package static func get(_ url: String, timeout: Duration = .seconds(10)) async throws -> Answer {
    try await call([url], timeout)
  }

  /// Sends a JSON body.
  package static func send(
    _ method: String = "POST",
    _ url: String,
    json: String,
    timeout: Duration = .seconds(30)
  ) async throws -> Answer {
    try await call(
      ["--request", method, "--header", "Content-Type: application/json", "--data", json, url],
      timeout
    )
  }

  private static func call(_ arguments: [String], _ timeout: Duration) async throws -> Answer {
    let options = [
      "--silent", "--show-error", "--noproxy", "*", "--max-time",
      "\(timeout.components.seconds)", "--write-out", "\n%{http_code}",
    ]
    let text = try await Program.output(
      of: ["curl"] + options + arguments,
      timeout: timeout + .seconds(5)
    )
    let end = text.lastIndex(of: "\n") ?? text.startIndex
    return Answer(
      status: Int(text[end...].dropFirst()) ?? 0,
      body: String(text[..<end])
    )
  }
}
