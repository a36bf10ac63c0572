"""The Dockerfiles and .dockerignore: linted, complete, and the service's command run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import free_port, running, wait_until_healthy
from project import ROOT, run_tool, text

CONTROLLER = "Dockerfile"
SERVICE = "examples/iris/Dockerfile"


def instructions(path: str) -> list[tuple[str, str]]:
    """The instructions with their arguments; continued lines are joined."""
    joined = text(path).replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    pairs = [line.split(maxsplit=1) for line in lines]
    return [(pair[0], " ".join(pair[1].split())) for pair in pairs]


def copied(path: str) -> list[tuple[str, str]]:
    """What comes out of the context, and where it goes."""
    arguments = [words.split() for name, words in instructions(path) if name == "COPY"]
    return [
        (source, words[-1])
        for words in arguments
        if not words[0].startswith("--from=")
        for source in words[:-1]
    ]


@pytest.mark.parametrize("path", [CONTROLLER, SERVICE])
def test_hadolint_finds_nothing(path: str) -> None:
    assert run_tool("hadolint", "--failure-threshold", "style", path) == ""


@pytest.mark.parametrize("path", [CONTROLLER, SERVICE])
def test_everything_that_is_copied_is_there_and_not_ignored(path: str) -> None:
    kept = {line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")}
    for source, _ in copied(path):
        assert list(ROOT.glob(source)), f"{source} is not there"
        assert source in kept, f".dockerignore leaves out {source}"


def test_the_context_holds_nothing_that_no_image_needs() -> None:
    lines = text(".dockerignore").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    kept = {line[1:] for line in rules if line.startswith("!")}
    assert kept == {source for path in (CONTROLLER, SERVICE) for source, _ in copied(path)}


@pytest.mark.parametrize("path", [CONTROLLER, SERVICE])
def test_runs_as_an_ordinary_user(path: str) -> None:
    assert [words for name, words in instructions(path) if name == "USER"] == ["1000"]


@pytest.mark.parametrize("path", [CONTROLLER, SERVICE])
def test_every_image_is_of_a_named_release(path: str) -> None:
    for name, words in instructions(path):
        if name == "FROM":
            assert ":" in words.split()[0]
            assert "latest" not in words


def test_the_controllers_image_has_every_folder_that_the_manifest_names() -> None:
    folders = {source for source, _ in copied(CONTROLLER)}
    assert folders == {"Package.swift", "Sources", "Tests", "demo"}


def test_the_services_image_serves_with_the_files_it_has(registry: str, tmp_path: Path) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    for source, _ in copied(SERVICE):
        for file in ROOT.glob(source):
            shutil.copy(file, folder)
    (command,) = [json.loads(words) for name, words in instructions(SERVICE) if name == "CMD"]
    port = free_port()
    log = tmp_path / "log"
    variables = {"PORT": str(port), "MLFLOW_TRACKING_URI": registry, "MODEL_VERSION": "1"}
    with running(command, folder, log, variables) as process:
        body = wait_until_healthy(f"http://127.0.0.1:{port}/health", process, log)
    assert json.loads(body)["model_version"] == "1"
