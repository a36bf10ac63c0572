import FoundationEssentials
import Subprocess

/// Serves bare repositories over real HTTP with git's own `http-backend`, on a free port.
enum GitServer {
  /// Runs the body while a folder is served.
  ///
  /// - Parameters:
  ///   - folder: The folder that holds the repositories.
  ///   - credentials: `user:password` that every request must carry; nil: none needed.
  ///   - redirect: An address that every request is sent on to instead of being answered.
  ///   - body: Gets the base address, and a path of the file that logs the requests.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, or that the server cannot be run.
  static func serve<Result: Sendable>(
    _ folder: String,
    credentials: String? = nil,
    redirect: String? = nil,
    _ body: @Sendable (_ url: String, _ log: String) async throws -> Result
  ) async throws -> Result {
    let logFolder = try TestRepository.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: logFolder) }
    let log = "\(logFolder)/log"
    let arguments = ["-u", "-c", script, folder, credentials ?? "", redirect ?? "", log]
    let outcome = try await run(
      .name("python3"),
      arguments: Arguments(arguments),
      input: .none,
      output: .sequence,
      error: .discarded
    ) { execution in
      var port = ""
      for try await line in execution.standardOutput.strings() {
        port = line
        break
      }
      port.removeAll { !$0.isNumber }
      let result = try await body("http://127.0.0.1:\(port)", log)
      try execution.send(signal: .kill)
      return result
    }
    return outcome.takeClosureResult()
  }

  private static let script = #"""
    import base64, http.server, os, subprocess, sys
    folder, credentials, redirect, log = sys.argv[1:5]

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self):
            given = self.headers.get("Authorization", "")
            with open(log, "a") as out:
                out.write(f"{self.path} [{given}]\n")
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            wanted = "Basic " + base64.b64encode(credentials.encode()).decode()
            if redirect:
                self.send_response(302)
                self.send_header("Location", redirect + self.path)
                self.end_headers()
                return
            if credentials and given != wanted:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
                self.end_headers()
                return
            path, _, query = self.path.partition("?")
            variables = {
                "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": folder, "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command, "PATH_INFO": path, "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(length),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "REMOTE_USER": "test",
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            }
            done = subprocess.run(["git", "http-backend"], input=body, env=variables,
                                  capture_output=True)
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

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    """#
}
