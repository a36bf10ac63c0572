import FoundationEssentials

/// Serves bare repositories over real HTTP with git's own `http-backend`, on a free port, until the
/// last reference to it goes.
package final class GitHTTPServer: Sendable {
  /// How the server treats requests.
  package enum Mood: String {
    /// It answers.
    case well
    /// It takes a push and ends the connection without an answer.
    case muteAfterPush
    /// It takes nothing and says so with status 503.
    case away
  }

  /// The address of the folder that is served.
  package let url: String
  private let process: ChildProcess
  private let control: TemporaryFolder

  /// Serves a folder; with credentials (`user:password`) every request must carry them.
  package init(_ folder: String, credentials: String = "") throws {
    control = try TemporaryFolder()
    try control.write(Mood.well.rawValue, to: "mood")
    process = try ChildProcess([
      "python3", "-u", "-c", Self.script, folder, credentials, control.path,
    ])
    url = "http://127.0.0.1:\(try process.line())"
  }

  /// Changes how requests are treated from now on.
  package func turn(_ mood: Mood) throws { try control.write(mood.rawValue, to: "mood") }

  /// How many pushes were sent here, taken or not.
  package func pushes() -> Int { log.count { $0 == "POST git-receive-pack" } }

  /// How many requests were sent here, answered or not.
  package func requests() -> Int { log.count }

  private var log: [Substring] {
    let log = try? String(contentsOfFile: control.path + "/log", encoding: .utf8)
    return (log ?? "").split(separator: "\n")
  }

  private static let script = #"""
    import base64, http.server, os, subprocess, sys, threading
    folder, credentials, control = sys.argv[1:4]

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Transfer-Encoding") == "chunked":
                while True:
                    size = int(self.rfile.readline(), 16)
                    body += self.rfile.read(size)
                    self.rfile.readline()
                    if size == 0:
                        break
            path, _, query = self.path.partition("?")
            service = path.rsplit("/", 1)[-1]
            with open(control + "/log", "a") as out:
                out.write(f"{self.command} {service}\n")
            mood = open(control + "/mood").read()
            wanted = "Basic " + base64.b64encode(credentials.encode()).decode()
            if mood == "away":
                self.send_error(503)
                return
            if credentials and self.headers.get("Authorization", "") != wanted:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            variables = {
                "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": folder, "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command, "PATH_INFO": path, "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "REMOTE_USER": "test",
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            }
            done = subprocess.run(["git", "http-backend"], input=body, env=variables,
                                  capture_output=True)
            if mood == "muteAfterPush" and service == "git-receive-pack":
                self.close_connection = True
                return
            head, _, content = done.stdout.partition(b"\r\n\r\n")
            status, headers = 200, []
            for line in head.decode().split("\r\n"):
                name, _, value = line.partition(": ")
                if name == "Status":
                    status = int(value.split()[0])
                else:
                    headers.append((name, value))
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = answer

        def log_message(self, *_):
            pass

    def end_with_tests():
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=end_with_tests, daemon=True).start()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    """#
}
