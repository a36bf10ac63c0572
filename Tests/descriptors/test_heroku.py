"""Procfile, runtime.txt and requirements.txt, as Heroku's Python buildpack reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from conftest import free_port, running, wait_until_healthy
from project import ROOT, TOOLS, text

# Both grammars: the classic one, and that of Cloud Native Buildpacks, whose names are stricter.
CLASSIC = re.compile(r"^[ \t]*([a-zA-Z0-9_-]+):?\s+(.*)[ \t]*$")
STRICT_NAME = re.compile(r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
RUNTIME = re.compile(r"^python-(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?$")
SUPPORTED_MINORS = range(10, 15)


def test_the_procfile_is_read_alike_by_both_grammars() -> None:
    matches = [CLASSIC.match(line) for line in text("Procfile").splitlines()]
    names = [match.group(1) if match else "" for match in matches]
    assert names == ["web"]
    assert all(STRICT_NAME.match(name) for name in names)


def test_the_version_is_left_to_the_config_vars() -> None:
    assert "MODEL_VERSION" not in text("Procfile")


def test_no_release_phase_runs_at_each_switch_of_a_version() -> None:
    assert not text("Procfile").startswith("release:")


def test_the_buildpack_accepts_the_runtime() -> None:
    lines = [line.strip() for line in text("runtime.txt").splitlines()]
    (line,) = [line for line in lines if line and not line.startswith("#")]
    match = RUNTIME.match(line)
    assert match
    assert match.group(1) == "3"
    assert int(match.group(2)) in SUPPORTED_MINORS


def test_the_runtime_is_the_one_that_everything_is_tested_with() -> None:
    version = text("runtime.txt").strip().removeprefix("python-")
    assert f"FROM python:{version}-slim" in text("examples/iris/Dockerfile")
    assert f'python-version: "{version}"' in text(".github/workflows/ci.yml")
    assert f"value: {version}." in text("render.yaml")


def test_every_package_is_pinned() -> None:
    lines = text("requirements.txt").splitlines()
    (included,) = [line for line in lines if line and not line.startswith("#")]
    path = included.removeprefix("-r ")
    packages = [line for line in text(path).splitlines() if line and not line.startswith("#")]
    assert {line.split("==")[0] for line in packages} >= {"mlflow", "fastapi", "uvicorn"}
    for line in packages:
        assert re.match(r"^[A-Za-z0-9-]+==[0-9][0-9.]*$", line), line


def test_the_web_line_serves_the_version_that_the_variable_names(
    registry: str, tmp_path: Path
) -> None:
    port = free_port()
    log = tmp_path / "log"
    nothing = tmp_path / "no.env"
    nothing.touch()
    command = [str(TOOLS / "honcho"), "--env", str(nothing), "start", "web"]
    variables = {"PORT": str(port), "MLFLOW_TRACKING_URI": registry, "MODEL_VERSION": "2"}
    with running(command, ROOT, log, variables) as process:
        body = wait_until_healthy(f"http://127.0.0.1:{port}/health", process, log)
    health = json.loads(body)
    assert health["status"] == "healthy"
    assert health["model_version"] == "2"
