"""A real MLflow server with trained versions, for the descriptors that start the iris service."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from project import ROOT

READY_SECONDS = 300
IRIS_VENV = Path(os.environ["IRIS_VENV"])


def free_port() -> int:
    """A port nobody listens on, below those that the system gives to outgoing connections."""
    while True:
        port = random.randrange(10_000, 16_000)
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def answer(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> bytes:
    """The first answer with 200; the process must live until then."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(OSError):
            status, body = answer(url)
            if status == 200:
                return body
        time.sleep(0.1)
    raise AssertionError(f"{url} was not healthy in {READY_SECONDS} s:\n{log.read_text()}")


@contextlib.contextmanager
def running(
    command: Sequence[str | Path], folder: Path, log: Path, variables: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a session of its own, which is ended with all its children."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=clean_variables() | dict(variables),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def clean_variables() -> dict[str, str]:
    """PATH with the iris service's own environment first, and nothing that MLflow would read."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "PATH": f"{IRIS_VENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "DO_NOT_TRACK": "true",
    }


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a registry in which iris has versions 1 and 2."""
    folder = tmp_path_factory.mktemp("mlflow")
    log = folder / "log"
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    script = ROOT / "Scripts" / "mlflow-server.sh"
    command: list[Any] = [script, "mlflow3", folder, "--port", str(port)]
    with running(command, ROOT, log, {}) as server:
        wait_until_healthy(f"{address}/health", server, log)
        subprocess.run(
            [IRIS_VENV / "bin" / "python", "train.py"],
            cwd=ROOT / "examples" / "iris",
            env=clean_variables() | {"MLFLOW_TRACKING_URI": address},
            check=True,
            capture_output=True,
        )
        yield address
