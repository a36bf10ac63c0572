import Testing

@testable import HTTPWire

@Suite struct `Building a URL` {
  @Test(arguments: [
    ("http://h", [], "http://h"), ("http://h/", ["a"], "http://h/a"),
    ("http://h/base", ["a", "b"], "http://h/base/a/b"),
    ("http://h/base?x=1#f", ["a"], "http://h/base/a?x=1"),
    ("http://h", ["a/b", "ü ?#%&", "..."], "http://h/a%2Fb/%C3%BC%20%3F%23%25%26/..."),
  ])
  func `keeps each element one segment`(_ base: String, _ path: [String], _ url: String) throws {
    #expect(try Request.url(base: base, path: path) == url)
  }

  @Test func `encodes names and values of the query`() throws {
    let query = [("name", "a b&c=d+e"), ("f[]", "x"), ("", "")]
    let url = try Request.url(base: "http://h/p?old=1", query: query)
    #expect(url == "http://h/p?old=1&name=a%20b%26c%3Dd%2Be&f%5B%5D=x&=")
  }

  @Test(arguments: ["", ".", "..", "a\r\nb", "a\0", "\n"])
  func `refuses a segment that would mean something else`(_ segment: String) {
    #expect(throws: WireProblem.self) { try Request.url(base: "http://h", path: ["a", segment]) }
  }

  @Test func `refuses line breaks and NUL anywhere`() {
    for bad in ["\r", "\n", "\0"] {
      #expect(throws: WireProblem.self) { try Request.url(base: "http://h/\(bad)") }
      #expect(throws: WireProblem.self) { try Request.url(base: "http://h", query: [(bad, "v")]) }
      #expect(throws: WireProblem.self) { try Request.url(base: "http://h", query: [("n", bad)]) }
    }
  }
}
