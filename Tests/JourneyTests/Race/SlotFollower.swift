import TestSupport

/// A service that follows MLflow's stage by itself: it says that it serves what `Production` holds.
struct SlotFollower: Sendable {
  private let program: Background

  private static let script = """
    import json, sys, urllib.parse, urllib.request
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    port, mlflow, model = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    words = urllib.parse.urlencode({"filter": f"name='{model}'"})

    class Service(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            with urllib.request.urlopen(f"{mlflow}/api/2.0/mlflow/model-versions/search?{words}") as r:
                versions = json.load(r)["model_versions"]
            held = [v["version"] for v in versions if v["current_stage"] == "Production"]
            body = {"status": "healthy", "model_version": held[0] if len(held) == 1 else "several"}
            text = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *words):
            pass

    ThreadingHTTPServer(("127.0.0.1", port), Service).serve_forever()
    """

  /// Starts it.
  init(of model: RegisteredModel, port: Int) throws {
    program = try Background { _ in
      ["python3", "-c", Self.script, "\(port)", model.server.address, model.name]
    }
  }
}
