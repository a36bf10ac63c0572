import TestSupport
import Testing

@Suite struct `release history` {
  private let place: Workplace

  init() async throws {
    place = try await Workplace()
    try place.declare(
      "production",
      "model: iris\nversion: 1\nslot: {alias: champion}\nservice: {url: \"http://127.0.0.1:9\"}\n"
    )
    try await place.commit()
    let held = try await place.release(["hold", "production", "--reason", "a look"])
    try #require(held.status == 0, "\(held)")
  }

  @Test func `says of a moment that it printed what was so at its end`() async throws {
    let last = try await place.release(["history", "production", "--last", "1"])
    let words = last.out.split(separator: " ").map(String.init)
    try #require(words.count > 2, "\(last)")
    let then = try await place.release(["history", "production", "--at", words[1]])
    #expect(then.status == 0, "\(then)")
    #expect(then.out.contains("entry \(words[0])"), "\(then)")
  }

  @Test func `refuses to show no entries, for that would look like an empty journal`() async throws
  {
    let run = try await place.release(["history", "production", "--last", "0"])
    #expect(run.status == 64, "\(run)")
    #expect(run.err.contains("--last takes a number from 1 on"), "\(run)")
  }
}
