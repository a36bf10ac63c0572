import Testing

@testable import HTTPWire

@Suite struct `Reading the usual variables` {
  @Test func `reads nothing from an empty dictionary`() {
    #expect(CurlOptions.reading([:]) == CurlOptions())
  }

  @Test func `never takes the proxy for http from the upper-case name`() {
    #expect(CurlOptions.reading(["HTTP_PROXY": "http://evil"]).httpProxy == nil)
    #expect(CurlOptions.reading(["http_proxy": "http://p"]).httpProxy == "http://p")
  }

  @Test func `prefers lower case, takes an empty value for none, and falls back to all`() {
    let variables = [
      "https_proxy": "http://lower", "HTTPS_PROXY": "http://upper", "http_proxy": "",
      "ALL_PROXY": "http://all", "no_proxy": "", "NO_PROXY": "a.example",
    ]
    let options = CurlOptions.reading(variables)
    #expect(options.httpsProxy == "http://lower")
    #expect(options.httpProxy == "http://all")
    #expect(options.noProxy == "a.example")
  }

  @Test func `prefers curl's own name for the bundle`() {
    let both = ["CURL_CA_BUNDLE": "/a", "SSL_CERT_FILE": "/b", "SSL_CERT_DIR": "/c"]
    let options = CurlOptions.reading(both)
    #expect(options.caBundlePath == "/a")
    #expect(options.caDirectoryPath == "/c")
    #expect(CurlOptions.reading(["SSL_CERT_FILE": "/b"]).caBundlePath == "/b")
  }

  @Test func `never prints a proxy's password`() {
    let options = CurlOptions(httpsProxy: "http://user:hunter22@proxy.example:8080")
    var dumped = "\(options) \(String(reflecting: options))"
    dump(options, to: &dumped)
    #expect(dumped.contains("proxy.example:8080"))
    #expect(!dumped.contains("hunter22"))
  }
}
