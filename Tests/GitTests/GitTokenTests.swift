import Testing

@testable import Git

@Suite struct `A git token` {
  func header(_ url: String, _ variables: [String: String]) -> GitCredentials.Header? {
    GitCredentials(variables).header(for: url)
  }

  @Test func `goes to its own host only`() throws {
    let tokens = ["GITHUB_TOKEN": "gh", "GITLAB_TOKEN": "gl"]
    let github = try #require(header("https://github.com/o/r", tokens))
    #expect(github.settings[1].key == "http.https://github.com/.extraHeader")
    #expect(github.settings[1].value == "Authorization: Basic eC1hY2Nlc3MtdG9rZW46Z2g=")
    let gitlab = try #require(header("https://gitlab.com/o/r", tokens))
    #expect(gitlab.settings[1].value == "Authorization: Basic b2F1dGgyOmds")
    #expect(header("https://github.com.evil.example/o/r", tokens) == nil)
    #expect(header("https://evil.example/github.com", tokens) == nil)
    #expect(header("https://github.com@evil.example/r", tokens) == nil)
    #expect(header("git@github.com:o/r", tokens) == nil)
  }

  @Test func `never goes where others can read along`() {
    let tokens = ["RELEASE_GIT_TOKEN": "t"]
    #expect(header("http://example.com/r", tokens) == nil)
    #expect(header("http://127.0.0.1:80/r", tokens) != nil)
    #expect(header("https://example.com:8443/r", tokens) != nil)
  }

  @Test func `is removed from git's words, as are users in addresses`() {
    let said = Array("fatal: https://u:p@x/y and s3cret\n\nhint: no\nat s3cret\u{1B}[0m".utf8)
    #expect(
      GitWords.clean(said, secrets: ["s3cret"])
        == "fatal: https://x/y and [redacted]; at [redacted]\u{FFFD}[0m"
    )
  }

  @Test func `leaves git's words short, without hints and control characters`() {
    let words = "fatal: https://me:pw@host/x tok3n\u{1B}[31m\nhint: try harder\n\n  second  \n"
    #expect(
      GitWords.clean(Array(words.utf8), secrets: ["tok3n"])
        == "fatal: https://host/x [redacted]\u{FFFD}[31m; second"
    )
  }
}
