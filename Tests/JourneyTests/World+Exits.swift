import TestSupport
import Testing

extension World {
  /// Runs a line as a person would type it after `release`; expects its exit status.
  ///
  /// - Parameters:
  ///   - line: The words, parted by spaces.
  ///   - status: The status it must end with.
  ///   - folder: Where it is run; the repository by default.
  ///   - sourceLocation: Where the expectation stands.
  /// - Returns: What it said.
  /// - Throws: When it cannot be run.
  @discardableResult
  func run(
    _ line: String,
    exits status: Int32 = 0,
    in folder: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Finished {
    let words = line.split(separator: " ").map(String.init)
    let finished = try await release(words, in: folder)
    #expect(finished.status == status, "\(finished)", sourceLocation: sourceLocation)
    return finished
  }

  /// What `release` said last.
  var said: Comment { Comment(rawValue: lastWords) }

  /// The journal's entries of an environment.
  func entries(of environment: String) async throws -> [JSON] {
    try JSON(try await run("history \(environment) --output json").out).list
  }

  /// The kinds of the journal's entries of an environment, in order.
  func kinds(of environment: String) async throws -> [String] {
    try await entries(of: environment).compactMap { $0["kind"]?.text }
  }

  /// What `status` says of an environment.
  func status(of environment: String) async throws -> JSON {
    let status = try JSON(try await run("status \(environment) --output json").out)
    return try #require(status.list.first, said)
  }
}
