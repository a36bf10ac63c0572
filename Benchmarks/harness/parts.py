"""The real parts that the benchmarks run against, each started and stopped here."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@contextmanager
def mlflow_server(folder: Path) -> Iterator[str]:
    """A real MLflow 3 server with a SQLite store; its address."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{port}"
    script = PROJECT / "Scripts/mlflow-server.sh"
    command: list[str | Path] = [script, "mlflow3", folder, "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        wait_for(f"{address}/health", server)
        yield address
    finally:
        # It has worker processes; the session is of its own, so its group is exactly the server.
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


@contextmanager
def sample_service(programs: Path, version: int) -> Iterator[str]:
    """One SampleService that names a version; its address."""
    service = subprocess.Popen(
        [programs / "sample-service", "--port", "0", "--report-version", str(version)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert service.stdout is not None
        for text in service.stdout:
            if found := re.search(r"listening on (\S+)", text):
                break
        else:
            raise SystemExit("sample-service ended before it named its address.")
        # Whatever else it says must not fill the pipe.
        threading.Thread(target=service.stdout.read, daemon=True).start()
        yield f"http://{found.group(1)}"
    finally:
        service.terminate()
        service.wait()


@contextmanager
def slot_follower(database: Path, model: str, stage: str = "Production") -> Iterator[str]:
    """A service that is always at the version its stage holds, and says so at once.

    It reads the stage from MLflow's own database, so that its answers are true and cost the
    MLflow server nothing: what is measured is the way back, not how soon a service follows.
    """

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Otherwise the answer's two writes wait for each other: Nagle, 40 ms.
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_GET(self) -> None:
            held = holders(database, model, stage)
            version = held[0] if len(held) == 1 else "none"
            body = f'{{"status": "healthy", "model_version": "{version}"}}'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            del format, arguments

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Answer)) as address:
        yield address


def holders(database: Path, model: str, stage: str) -> list[str]:
    """The versions in a stage, from MLflow's own database."""
    query = "SELECT version FROM model_versions WHERE name = ? AND current_stage = ?"
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return [str(row[0]) for row in connection.execute(query, (model, stage))]
    finally:
        connection.close()


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    """Serves from a thread of this process for as long as the block runs."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def black_hole() -> Iterator[str]:
    """A server that takes connections and never answers; its address."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def refusing_address() -> str:
    """An address at which connections are refused."""
    return f"http://127.0.0.1:{free_port()}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes], patience: float = 120) -> None:
    """Waits until a server answers 200."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"The server for {url} ended with {process.returncode}.")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"{url} did not answer within {patience} s.")


def repository(folder: Path, files: Mapping[str, str]) -> Path:
    """A git repository with these files in one commit."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Declare the environments")
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Runs git as a fixed person, whatever the machine's configuration says."""
    person = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@localhost"]
    answer = subprocess.run(
        ["git", "-C", folder, *person, *arguments], check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()
