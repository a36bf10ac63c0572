/// A model service of a few lines of Python, run as a real process.
///
/// It answers every GET with its version, its pid and its variables, and can be told to misbehave.
enum ServiceScript {
  static let name = "service.py"

  static let text = """
    import http.server, json, os, signal, socketserver, subprocess, sys, time

    port, options = int(sys.argv[1]), sys.argv[2:]
    version = os.environ["MODEL_VERSION"]

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            names = [n for n in os.environ if n.startswith(("MODEL_", "IRIS_"))]
            answer = {"model": {"version": int(version)}, "pid": os.getpid(),
                      "variables": {name: os.environ[name] for name in names}}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        allow_reuse_port = True
        daemon_threads = True

    print("loading version", version, flush=True)
    if "deaf" in options:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "worker" in options:
        subprocess.Popen(["sleep", "1000"])
    if "dies-at-" + version in options:
        print("password is hunter2", flush=True)
        sys.exit("cannot load version " + version)
    if "silent-at-" + version in options:
        time.sleep(1000)
    Server(("127.0.0.1", port), Handler).serve_forever()
    """
}
