import TestSupport

/// A way to MLflow on which two calls that put a version into a stage wait for each other.
///
/// So they reach MLflow at the same instant, however long either caller took to come so far.
struct MeetingPoint: Sendable {
  /// Its base address, for use in place of MLflow's.
  let address: String
  private let program: Background

  private static let script = """
    import http.client, json, sys, threading, urllib.parse
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    port, mlflow = int(sys.argv[1]), urllib.parse.urlsplit(sys.argv[2])
    barrier, met = threading.Barrier(2), [0]

    class Way(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self):
            if self.path == "/met":
                return self.answer(200, "text/plain", str(met[0]).encode())
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path.endswith("/transition-stage") and json.loads(body)["stage"] == "Production":
                try:
                    met[0] += barrier.wait(timeout=2) == 0
                except threading.BrokenBarrierError:
                    barrier.reset()
            caller = http.client.HTTPConnection(mlflow.hostname, mlflow.port, timeout=30)
            kind = {"Content-Type": "application/json"}
            caller.request(self.command, self.path, body or None, kind)
            reply = caller.getresponse()
            self.answer(reply.status, reply.headers["Content-Type"], reply.read())
            caller.close()

        do_GET = do_POST = do_PATCH = do_DELETE = forward

        def answer(self, status, kind, body):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    ThreadingHTTPServer(("127.0.0.1", port), Way).serve_forever()
    """

  /// Starts it before a server.
  init(before server: MLflowServer) async throws {
    let port = try FreePort.next()
    address = "http://127.0.0.1:\(port)"
    program = try Background { _ in ["python3", "-c", Self.script, "\(port)", server.address] }
    while (try? await HTTP.get(address + "/met")) == nil {
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// How often two calls met.
  func meetings() async throws -> Int {
    Int(try await HTTP.get(address + "/met").body) ?? 0
  }
}
