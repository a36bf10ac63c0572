import Foundation
import Testing

@testable import HTTPWire

@Suite struct `Making text safe to show` {
  @Test func `cuts a body to one printable line`() {
    let body = Array("<html>\r\n\u{1B}[31m  bad\u{0}\u{202E}\u{200B}  end\u{7F}".utf8)
    #expect(Redaction.excerpt(body) == "<html> [31m bad end")
    #expect(Redaction.excerpt(Array("abcdef".utf8), limit: 3) == "abc…")
    #expect(Redaction.excerpt(Array("ééé".utf8), limit: 5) == "éé…")
    #expect(Redaction.excerpt([UInt8](repeating: 32, count: 5000) + [97]) == "…")
    #expect(Redaction.excerpt([0xFF, 0x41]) == "\u{FFFD}A")
    #expect(Redaction.excerpt([]) == "")
  }

  @Test(arguments: [
    ("https://u:p@host:8/a/b?key=v&x#frag", "https://host:8/a/b?key=•••&•••"),
    ("http://host", "http://host"), ("host/path?q=1", "host/path?q=•••"),
    ("https://a@b@host/x", "https://host/x"), ("https://u:p/x@host/", "https://u:p/x@host/"),
    ("/only/path?a=b=c", "/only/path?a=•••"), ("http://h/?", "http://h/?"),
    ("https://host/a\r\nb", "https://host/a b"),
  ])
  func `keeps of a URL what may be told`(_ url: String, _ shown: String) {
    #expect(Redaction.url(url) == shown)
  }

  @Test func `finds a secret in each of its forms`() {
    let secret = "pä/ss \"w0rd\"+\\"
    let base64 = Data(secret.utf8).base64EncodedString()
    let forms = [
      secret, PercentEncoding.encode(secret), PercentEncoding.encode(secret).lowercased(),
      PercentEncoding.encode(secret).replacingOccurrences(of: "%20", with: "+"),
      base64.replacingOccurrences(of: "=", with: ""),
      base64.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: ""),
      "pä/ss \\\"w0rd\\\"+\\\\", "pä\\/ss \\\"w0rd\\\"+\\\\",
    ]
    for form in forms {
      #expect(Redaction.removing([secret], from: "<\(form)>") == "<•••>")
    }
  }

  @Test(arguments: ["", "u", "us", "use", "user:"])
  func `leaves no readable part of a secret in base64, wherever it stands`(_ lead: String) throws {
    let secret = "correct-horse-battery"
    let text = Data("\(lead)\(secret)tail".utf8).base64EncodedString()
    let hidden = Redaction.removing([secret], from: text)
    #expect(hidden.contains(Redaction.mask))
    #expect(hidden.replacingOccurrences(of: Redaction.mask, with: "").count < text.count / 2)
  }

  @Test func `masks longer secrets first and ignores empty ones`() {
    #expect(Redaction.removing(["abc", "abcdef", ""], from: "abcdef abc") == "••• •••")
    #expect(Redaction.removing([], from: "text") == "text")
    #expect(Redaction.removing(["k3y"], from: "k3y\u{301}!") == "•••\u{301}!")
  }

  @Test func `prints a request without anything secret`() {
    let headers = [
      HeaderField("Authorization", "Bearer t0psecret"),
      HeaderField("X-Own", "t0psecret", isSensitive: true), HeaderField("Accept", "a/b"),
    ]
    let request = Request(.get, "http://u:t0psecret@host/p?k=t0psecret", headers: headers)
    #expect("\(request)" == "GET http://host/p?k=•••")
    var dumped = "\(headers)"
    dump(headers, to: &dumped)
    #expect(dumped.contains("a/b"))
    #expect(!dumped.contains("t0psecret"))
    var hook = Request(.post, "https://hooks.example/services/t0psecret")
    hook.isPathSecret = true
    #expect("\(hook)" == "POST hooks.example:443/…")
  }
}
