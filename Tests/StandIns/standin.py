"""What the stand-ins of the hosting platforms share.

A stand-in speaks one vendor's protocol on a free port of 127.0.0.1, keeps real state, runs the
deployed service as a real process behind a front address that never changes, and can be told to
misbehave. Every request and every reply is checked against the vendor's published contract, where
that is at hand; a breach is kept and answered with 500, so that no test passes over it.

A vendor's file derives from `Vendor` and ends with `run(...)`. See render.py for an example.

    GET  /__control   what happened: {"requests", "violations", "validates", "state"}
    POST /__control   {"faults": [...], "away": true, "tokens": ["..."]} and the vendor's own orders

A fault answers in place of the vendor, or around it, for the next `times` requests that match:

    {"do": "status", "status": 503, "method": "POST", "path": "/deploys$", "times": 1,
     "headers": {"Retry-After": "7"}, "body": {"message": "..."}}
    {"do": "lose"}                   carries the request out, but cuts the connection unanswered
    {"do": "cut"}                    cuts the connection, and carries out nothing
    {"do": "slow", "seconds": 0.5}   waits, then answers

"skips": 1 lets the first such request pass.
"lasts": 5 in place of "times" makes it last for five seconds from the first such request on.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]


def schema_file(name: str) -> Path | None:
    """A vendor's published schema; it is third-party data and no part of the project."""
    folder = os.environ.get("RELEASE_SCHEMAS") or ROOT.parent / "shared" / "data" / "schemas"
    path = Path(folder) / name
    return path if path.is_file() else None


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    path: str
    query: dict[str, list[str]]
    #: Names in lower case.
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON; None when there is none or it is something else."""
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            return None

    def first(self, name: str) -> str | None:
        """The first value of a query item."""
        return self.query.get(name, [None])[0]


@dataclass(frozen=True)
class Reply:
    """What goes out: JSON, or no body at all when that is None."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        return b"" if self.body is None else (json.dumps(self.body) + "\n").encode()


class Vendor(ABC):
    """One vendor's side of the protocol. Its methods are called one at a time."""

    #: The tokens that are accepted; a test revokes one by setting others.
    tokens: set[str]

    @abstractmethod
    def answer(self, request: Request) -> Reply:
        """Carries a request out."""

    @abstractmethod
    def breaches(self, request: Request, reply: Reply | None) -> list[str]:
        """What of a request (reply None), or of its reply, breaks the vendor's contract."""

    @property
    @abstractmethod
    def validates(self) -> bool:
        """Whether the contract is at hand."""

    def order(self, order: dict[str, Any]) -> None:
        """Takes a vendor's own order from /__control."""
        raise ValueError(f"unknown order: {sorted(order)}")

    def state(self) -> dict[str, Any]:
        """What /__control tells about the vendor."""
        return {}

    @abstractmethod
    def close(self) -> None:
        """Ends what it runs."""


class Fault:
    """One way to misbehave, and for how many requests."""

    def __init__(self, words: dict[str, Any]) -> None:
        self.words = words
        self.skips = int(words.get("skips", 0))
        self.left = int(words.get("times", 1))
        self.until: float | None = None
        if words.get("do") not in ("status", "lose", "cut", "slow"):
            raise ValueError(f"unknown fault: {words}")

    def takes(self, request: Request) -> bool:
        """Whether this request is one of those it is for; counts it."""
        method, path = self.words.get("method"), self.words.get("path")
        if (method and method != request.method) or (path and not re.search(path, request.path)):
            return False
        if self.skips > 0:
            self.skips -= 1
            return False
        if "lasts" in self.words:
            self.until = self.until or time.monotonic() + float(self.words["lasts"])
            return time.monotonic() < self.until
        self.left -= 1
        return self.left >= 0


class Cut(Exception):
    """The connection is to be closed without an answer."""


class StandIn:
    """A vendor with its faults and its memory of what was asked."""

    def __init__(self, vendor: Vendor) -> None:
        self.vendor = vendor
        self.lock = threading.RLock()
        self.faults: list[Fault] = []
        self.away = False
        self.requests: list[dict[str, Any]] = []
        self.violations: list[str] = []

    def answer(self, request: Request) -> Reply:
        """Answers a request, its faults included."""
        if request.path == "/__control":
            return self.control(request)
        with self.lock:
            record: dict[str, Any] = {
                "method": request.method,
                "path": request.path,
                "query": request.query,
                "body": request.json,
                "status": None,
            }
            self.requests.append(record)
            if self.away:
                raise Cut
            fault = next((f for f in self.faults if f.takes(request)), None)
        act = fault.words if fault else {}
        if act.get("do") == "cut":
            raise Cut
        if act.get("do") == "slow":
            time.sleep(float(act.get("seconds", 1)))
        with self.lock:
            try:
                reply = self.checked(request, act)
            except Exception as error:  # A mistake of ours must show in the test, and only once.
                reply = self.breach(request, [f"{type(error).__name__}: {str(error)[:500]}"])
            record["status"] = reply.status
        if act.get("do") == "lose":
            raise Cut
        return reply

    def checked(self, request: Request, act: dict[str, Any]) -> Reply:
        found = self.vendor.breaches(request, None)
        if found:
            return self.breach(request, found)
        if act.get("do") == "status":
            headers = {str(k): str(v) for k, v in act.get("headers", {}).items()}
            reply = Reply(int(act["status"]), act.get("body"), headers)
        else:
            reply = self.vendor.answer(request)
        found = self.vendor.breaches(request, reply)
        return self.breach(request, found) if found else reply

    def breach(self, request: Request, found: list[str]) -> Reply:
        self.violations += [f"{request.method} {request.path}: {text}" for text in found]
        return Reply(500, {"message": f"stand-in: the contract is broken: {'; '.join(found)}"})

    def control(self, request: Request) -> Reply:
        with self.lock:
            if request.method == "POST":
                try:
                    self.take(dict(request.json or {}))
                except (ValueError, KeyError, TypeError) as error:
                    return Reply(400, {"message": str(error)})
            return Reply(
                200,
                {
                    "requests": self.requests,
                    "violations": self.violations,
                    "validates": self.vendor.validates,
                    "state": self.vendor.state(),
                },
            )

    def take(self, order: dict[str, Any]) -> None:
        if "faults" in order:
            self.faults = [Fault(words) for words in order.pop("faults")]
        if "away" in order:
            self.away = bool(order.pop("away"))
        if "tokens" in order:
            self.vendor.tokens = set(order.pop("tokens"))
        if order:
            self.vendor.order(order)


class Handler(BaseHTTPRequestHandler, ABC):
    """Reads a request whole, and writes what `reply` gives for it."""

    protocol_version = "HTTP/1.1"

    @abstractmethod
    def reply(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """What is answered: status, headers, body."""

    def carry(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(
            self.command,
            parts.path,
            parse_qs(parts.query, keep_blank_values=True),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
        )
        try:
            status, headers, body = self.reply(request)
        except Cut:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        if body and "Content-Type" not in headers:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = carry

    def log_message(self, *arguments: Any) -> None:
        """Says nothing: /__control tells what came."""


class Server(ThreadingHTTPServer):
    """A server on 127.0.0.1 that answers each connection in a thread of its own."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, port: int, reply: Callable[[Request], tuple[int, dict[str, str], bytes]]
    ) -> None:
        super().__init__(("127.0.0.1", port), type("H", (Handler,), {"reply": staticmethod(reply)}))
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, address: Any) -> None:
        """A caller that hangs up is no error of ours; anything else is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, address)


class Port:
    """A port nobody listens on, below those that the system gives to outgoing connections: one of
    these could be taken by any client before the service listens.

    Another stand-in could find it free before the service listens, too. So it is spoken for by a
    name that the system takes back when this process ends, however it ends."""

    def __init__(self) -> None:
        while True:
            self.number = random.randrange(10_000, 16_000)
            self.claim = socket.socket(socket.AF_UNIX)
            with socket.socket() as free, contextlib.suppress(OSError):
                self.claim.bind(f"\0release-standin-{self.number}")
                free.bind(("127.0.0.1", self.number))
                return
            self.claim.close()


class Instance:
    """One run of the service's start command, with PORT set as the vendors set it."""

    def __init__(self, command: str, variables: dict[str, str]) -> None:
        self.claim = Port()
        self.port = self.claim.number
        kept = {n: os.environ[n] for n in ("PATH", "HOME", "LANG", "TMPDIR") if n in os.environ}
        self.process = subprocess.Popen(
            ["sh", "-c", f"exec {command}"],
            env={**kept, **variables, "PORT": str(self.port)},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            start_new_session=True,
        )

    @property
    def exit_code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self.process.poll()

    def ask(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """Passes a request on; 502 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        path = request.path + (f"?{urlencode(request.query, doseq=True)}" if request.query else "")
        passed = {n: v for n, v in request.headers.items() if n not in ("connection", "host")}
        try:
            connection.request(request.method, path, request.body or None, passed)
            answer = connection.getresponse()
            kind = answer.headers.get("Content-Type")
            return answer.status, {"Content-Type": kind} if kind else {}, answer.read()
        except (OSError, http.client.HTTPException):
            return 502, {"Content-Type": "text/plain"}, b"bad gateway\n"
        finally:
            connection.close()

    def is_healthy(self, path: str) -> bool:
        """Whether it answers its health path with 2xx or 3xx."""
        status, _, _ = self.ask(Request("GET", path, {}, {}, b""))
        return 200 <= status < 400

    def stop(self) -> None:
        """Ends it and what it started."""
        for signal_number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal_number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
                return


class Front:
    """The address of the service, which stays while instances come and go."""

    def __init__(self, port: int = 0) -> None:
        self.instance: Instance | None = None
        self.server = Server(port, self.reply)

    @property
    def url(self) -> str:
        return self.server.url

    def reply(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        instance = self.instance
        if instance is None:
            return 503, {"Content-Type": "text/plain"}, b"no instance\n"
        return instance.ask(request)

    def turn(self, instance: Instance | None) -> None:
        """Sends traffic to another instance, and ends the one before."""
        before, self.instance = self.instance, instance
        if before is not None:
            before.stop()


def run(vendor: Vendor, port: int, front: Front, **more: str) -> None:
    """Serves until SIGTERM comes; the first line of output says where.

    A test holds the other end of standard input: when it dies, so does all that it started.
    """
    standin = StandIn(vendor)

    def reply(request: Request) -> tuple[int, dict[str, str], bytes]:
        answer = standin.answer(request)
        return answer.status, answer.headers, answer.bytes

    server = Server(port, reply)
    if not vendor.validates:
        print("stand-in: the vendor's contract is not at hand; nothing is checked", file=sys.stderr)
    print(json.dumps({"url": server.url, "front": front.url, **more}), flush=True)

    def leave(*_: Any) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    try:
        mode = os.fstat(0).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
            signal.pause()
        while os.read(0, 4096):
            pass
    finally:
        vendor.close()
        front.turn(None)
