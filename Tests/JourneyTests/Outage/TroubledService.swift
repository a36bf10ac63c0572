import TestSupport

/// A model service of the standard library whose versions above 1 are in some trouble.
struct TroubledService: Sendable {
  /// What is the matter with it.
  enum Trouble: String, Sendable, CaseIterable {
    case none
    // The process or the way to it.
    case ends, silent
    // The answers of /health.
    case health500, healthHTML, healthEndless, unhealthy
    // The answers of /metrics.
    case metrics500, metricsHTML, metricsEndless, metricsNaN, metricsMissing, metricsTooFew
  }

  /// What serves, for an environment's file.
  let service: EnvironmentFile.Service
  private let folder: TemporaryFolder

  private static let script = """
    import os, socketserver, sys, time
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    port, started = int(sys.argv[1]), time.monotonic()
    version = os.environ["MODEL_VERSION"]
    trouble = sys.argv[2] if version != "1" else "none"
    if trouble == "ends":
        sys.exit("cannot load the model")

    class Service(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            place = self.path.strip("/")
            if trouble == "silent":
                time.sleep(600)
            if place == "health" and trouble.startswith("health"):
                return self.misbehave(trouble.removeprefix("health"))
            if place == "metrics" and trouble in ("metrics500", "metricsHTML", "metricsEndless"):
                return self.misbehave(trouble.removeprefix("metrics"))
            state = "broken" if trouble == "unhealthy" else "healthy"
            if place == "health":
                return self.answer('{"status": "%s", "model_version": "%s"}' % (state, version))
            count = 10 * int(100 * (time.monotonic() - started))
            total = {"metricsNaN": "NaN", "metricsTooFew": "1"}.get(trouble, count)
            name = "other" if trouble == "metricsMissing" else "model"
            text = '{"%s_correct_total": %s, "%s_labelled_total": %s}'
            self.answer(text % (name, total, name, total))

        def misbehave(self, how):
            if how == "500":
                self.answer("out of order", "text/plain", 500)
            elif how == "HTML":
                self.answer("<html><body>Please log in.</body></html>", "text/html")
            else:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                while True:
                    self.wfile.write(b" " * 65536)

        def answer(self, text, kind="application/json", status=200):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *words):
            pass

        def handle(self):
            try:
                super().handle()
            except OSError:
                pass  # The other side has had enough.

    ThreadingHTTPServer(("127.0.0.1", port), Service).serve_forever()
    """

  /// Writes the program.
  init(_ trouble: Trouble) throws {
    folder = try TemporaryFolder()
    let path = try folder.write(Self.script, to: "service.py")
    // The port is the third word of the command that the script stands for.
    service = .script("exec python3 \(path) $3 \(trouble)")
  }
}
