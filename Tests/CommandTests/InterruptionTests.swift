import Glibc
import TestSupport
import Testing

@Suite struct `A command that is stopped` {
  @Test(arguments: [SIGINT, SIGTERM])
  func `says what becomes of its work, and ends as it was told to`(number: CInt) async throws {
    let place = try await Workplace()
    try place.declare(
      "production",
      "model: iris\nversion: 1\nslot: {alias: champion}\nservice: {url: \"http://127.0.0.1:9\"}\n"
    )
    try await place.commit()
    let held = try await place.release(["hold", "production", "--reason", "a look"])
    try #require(held.status == 0, "\(held)")
    let resident = try place.start(["reconcile", "--every", "600s"])
    var said = ""
    while !said.contains("held") { said = try await resident.nextLine() }
    resident.signal(number)
    var last: [String] = []
    while let line = try? await resident.nextLine() { last.append(line) }
    #expect(
      last.last
        == "release: stopped. Nothing is lost: `release reconcile --once` goes on with whatever was begun."
    )
    #expect(await resident.end() == -number)
  }
}
