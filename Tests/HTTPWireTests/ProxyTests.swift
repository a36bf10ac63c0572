import Testing

@testable import HTTPWire

@Suite(.timeLimit(.minutes(1)))
struct `Going through a proxy` {
  /// A proxy that answers plain requests itself with what it was asked, and tunnels CONNECT.
  private func proxy() throws -> RawServer {
    try RawServer { connection in
      guard let request = connection.readRequest() else { return }
      guard request.method == "CONNECT" else {
        let credentials = request.header("Proxy-Authorization") ?? "none"
        connection.reply("proxied \(request.target) \(credentials)")
        return
      }
      guard let port = request.target.split(separator: ":").last.flatMap({ Int($0) }) else {
        return
      }
      let isLeaking = request.header("Authorization") != nil
      connection.send("HTTP/1.1 200 \(isLeaking ? "LEAK" : "Connected")\r\nVia: proxy\r\n\r\n")
      if !isLeaking { connection.tunnel(to: port) }
    }
  }

  @Test func `asks the proxy named by the variables, with its own credentials`() async throws {
    let proxy = try proxy()
    let options = CurlOptions.reading(["http_proxy": "http://user:pass@127.0.0.1:\(proxy.port)"])
    try await withServer(proxy, options: options) { transport, _ in
      let response = try await transport.send(Request(.get, "http://host.invalid/a?b=c"))
      #expect(response.text == "proxied http://host.invalid/a?b=c Basic dXNlcjpwYXNz")
    }
  }

  @Test(arguments: ["127.0.0.1", "*", "example.com,127.0.0.1"])
  func `goes straight to hosts that the variables exempt`(_ exempt: String) async throws {
    let proxy = try proxy()
    defer { proxy.stop() }
    let variables = ["all_proxy": "http://127.0.0.1:\(proxy.port)", "NO_PROXY": exempt]
    let direct = try RawServer(answering: { _, connection in connection.reply("direct") })
    try await withServer(direct, options: .reading(variables)) { transport, url in
      let response = try await transport.send(Request(.get, url))
      #expect(response.text == "direct")
    }
    #expect(proxy.connectionCount == 0)
  }

  @Test(.enabled(if: Tool.isExpected("openssl") && Tool.isExpected("python3")))
  func `tunnels TLS through it, and shows it neither path nor credentials`() async throws {
    let server = try await TLSServer(.http1)
    defer { server.stop() }
    let proxy = try proxy()
    let variables = [
      "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)", "CURL_CA_BUNDLE": server.certificatePath,
    ]
    try await withServer(proxy, options: .reading(variables)) { transport, _ in
      let headers = [HeaderField("Authorization", "Bearer t0ken")]
      let response = try await transport.send(Request(.get, server.url + "/x", headers: headers))
      #expect(response.text == "/x")
      #expect(response.header("Via") == nil)
      #expect(proxy.connectionCount == 1)
    }
  }

  @Test(arguments: ["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"])
  func `says that the proxy refused`(_ status: String) async throws {
    let proxy = try RawServer { connection in
      _ = connection.readRequest()
      connection.reply("", status: status)
    }
    let options = CurlOptions(httpsProxy: "http://user:hunter22@127.0.0.1:\(proxy.port)")
    try await withServer(proxy, options: options) { transport, _ in
      let refused = await problem(transport, Request(.get, "https://host.invalid/x"))
      guard case .proxyFailed(let place, let why) = refused else {
        Issue.record("got \(String(describing: refused))")
        return
      }
      #expect(place == Place(authority: "host.invalid:443", path: "/x"))
      #expect(!why.contains("hunter22"))
    }
  }

  @Test(arguments: ["http://127.0.0.1:1", "http://user:hunter22@proxy.invalid:8080"])
  func `says that the proxy cannot be reached`(_ proxy: String) async throws {
    try await withTransport(CurlOptions(httpProxy: proxy)) { transport in
      let failed = await problem(transport, Request(.get, "http://host.example/x"))
      guard case .proxyFailed = failed else {
        Issue.record("got \(String(describing: failed))")
        return
      }
      #expect(failed?.summary.contains("hunter22") == false)
    }
  }
}
