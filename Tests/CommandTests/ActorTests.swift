import Glibc
import TestSupport
import Testing

@Suite struct `Who acts` {
  private func actor(variables: [String: String]) async throws -> String {
    let place = try await Workplace()
    try place.declare(
      "production",
      "model: iris\nversion: 1\nslot: {alias: champion}\nservice: {url: \"http://127.0.0.1:9\"}\n"
    )
    try await place.commit()
    let held = try await place.release(
      ["hold", "production", "--reason", "a look"],
      variables: variables
    )
    try #require(held.status == 0, "\(held)")
    let history = try await place.release(["history", "production"], variables: variables)
    return history.out
  }

  @Test func `is whom the variable names`() async throws {
    #expect(
      try await actor(variables: ["RELEASE_ACTOR": "ada", "USER": "bob"]).contains(
        "held: ada: a look (ada)"
      )
    )
  }

  @Test func `is the account of the process where no variable names anybody`() async throws {
    let account = try #require(getpwuid(geteuid())).pointee.pw_name
    let name = try String(cString: #require(account))
    let nobody = ["RELEASE_ACTOR": "", "USER": "", "LOGNAME": ""]
    #expect(try await actor(variables: nobody).contains("(\(name))"))
  }
}
