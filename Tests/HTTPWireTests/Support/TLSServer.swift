import Glibc
import TestSupport

/// A real TLS server in a process of its own, with a certificate made for the test.
final class TLSServer {
  struct DidNotStart: Error {}

  let port: Int
  /// The self-signed certificate, which is also the bundle that trusts it.
  var certificatePath: String { folder.path + "/certificate.pem" }
  var url: String { "https://127.0.0.1:\(port)" }

  private let folder: TemporaryFolder
  private let process: ChildProcess

  /// Starts the server; `name` is what the certificate is for, as OpenSSL writes it.
  init(_ kind: Kind, name: String = "IP:127.0.0.1") async throws {
    folder = try TemporaryFolder()
    let (key, certificate) = (folder.path + "/key.pem", folder.path + "/certificate.pem")
    try await Program.output(of: [
      "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
      "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-keyout", key,
      "-out", certificate,
    ])
    let script = try folder.write(kind.script, to: "server")
    process = try ChildProcess([kind.interpreter, script, certificate, key])
    // The servers write nothing but the line with their port.
    guard let port = Int(try await process.nextLine()) else {
      process.signal(SIGKILL)
      throw DidNotStart()
    }
    self.port = port
  }

  /// Ends the process.
  func stop() { process.signal(SIGKILL) }

  /// Which server to run.
  enum Kind {
    case http1
    case oldTLS
    case http2

    var interpreter: String { self == .http2 ? "node" : "python3" }

    var script: String {
      switch self {
      case .http1: Self.python(extra: "")
      case .oldTLS:
        Self.python(
          extra: """
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
            """
        )
      case .http2: Self.node
      }
    }

    private static func python(extra: String) -> String {
      """
      import http.server, ssl, sys, warnings
      warnings.simplefilter("ignore")
      class Handler(http.server.BaseHTTPRequestHandler):
          protocol_version = "HTTP/1.1"
          def do_GET(self):
              body = self.path.encode()
              self.send_response(200)
              self.send_header("Content-Length", str(len(body)))
              self.end_headers()
              self.wfile.write(body)
          def log_message(self, *arguments): pass
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(sys.argv[1], sys.argv[2])
      \(extra)
      server.socket = context.wrap_socket(server.socket, server_side=True)
      print(server.server_address[1], flush=True)
      server.serve_forever()
      """
    }

    private static let node = """
      const fs = require("fs")
      const server = require("http2").createSecureServer(
        {cert: fs.readFileSync(process.argv[2]), key: fs.readFileSync(process.argv[3])},
        (request, response) => response.end("HTTP/" + request.httpVersion + " " + request.headers["x-name"]))
      let sessions = 0
      server.on("session", () => { sessions += 1 })
      server.listen(0, "127.0.0.1", () => console.log(server.address().port))
      """
  }
}
