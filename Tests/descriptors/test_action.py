"""The scripts of the composite action, run as a runner would run them."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from project import ROOT, document

FOLDER = ROOT / ".github" / "actions" / "release"
INPUTS = ("VERB", "MODEL", "ENVIRONMENT", "VERSION", "FROM", "REASON", "ARGUMENTS")


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


class Job:
    """A step's surroundings: a home, a checkout, the file for outputs, and a `release` that
    writes down the words it is called with."""

    def __init__(self, folder: Path, status: int = 0) -> None:
        self.folder = folder
        self.words = folder / "words"
        self.outputs = folder / "outputs"
        self.outputs.touch()
        self.release = program(
            folder / "release", f'printf "%s\\0" "$@" >"{self.words}"\nexit {status}'
        )

    def run(self, **inputs: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            [FOLDER / "run.sh", self.release],
            env=dict.fromkeys(INPUTS, "")
            | inputs
            | {
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "GITHUB_WORKSPACE": str(self.folder),
                "GITHUB_OUTPUT": str(self.outputs),
            },
            check=False,
        )
        return done.returncode, self.words.read_text().split("\0")[:-1]


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        (
            {"VERB": "promote", "MODEL": "iris", "ENVIRONMENT": "production", "VERSION": "3"},
            ["promote", "iris", "--to=production", "--version=3"],
        ),
        (
            {"VERB": "promote", "ENVIRONMENT": "production", "FROM": "staging"},
            ["promote", "--to=production", "--from=staging"],
        ),
        (
            {
                "VERB": "rollback",
                "ENVIRONMENT": "production",
                "VERSION": "2",
                "REASON": "two words",
            },
            ["rollback", "production", "--to=2", "--reason=two words"],
        ),
        ({"VERB": "reconcile", "ARGUMENTS": "--once\n"}, ["reconcile", "--once"]),
        (
            {"VERB": "retry", "ENVIRONMENT": "eu", "VERSION": "3", "REASON": "late"},
            ["retry", "eu", "--version=3", "--reason=late"],
        ),
        (
            {"VERB": "status", "ARGUMENTS": "--output\njson\n--repository\na folder"},
            ["status", "--output", "json", "--repository", "a folder"],
        ),
    ],
)
def test_inputs_become_the_words_of_a_call(
    inputs: dict[str, str], words: list[str], tmp_path: Path
) -> None:
    assert Job(tmp_path).run(**inputs) == (0, words)


def test_no_input_is_read_by_a_shell(tmp_path: Path) -> None:
    hostile = "$(touch broken) `touch broken`; touch broken"
    job = Job(tmp_path)
    _, words = job.run(VERB="rollback", ENVIRONMENT=hostile, REASON=hostile, ARGUMENTS=hostile)
    assert words == ["rollback", hostile, f"--reason={hostile}", hostile]
    assert not (ROOT / "broken").exists()


@pytest.mark.parametrize("status", [0, 10, 124])
def test_the_step_ends_as_release_does(status: int, tmp_path: Path) -> None:
    job = Job(tmp_path, status)
    assert job.run(VERB="reconcile")[0] == status
    assert job.outputs.read_text() == f"exit={status}\n"


def test_git_is_told_once_that_the_checkout_is_ours(tmp_path: Path) -> None:
    job = Job(tmp_path)
    for _ in range(2):
        job.run(VERB="reconcile")
    assert (tmp_path / ".gitconfig").read_text().count(str(tmp_path)) == 1


def test_every_input_reaches_the_script() -> None:
    action = document(".github/actions/release/action.yml")
    (step,) = [step for step in action["runs"]["steps"] if step.get("id") == "run"]
    given = {name for name in step["env"] if name in INPUTS}
    assert given == set(INPUTS)
    values = {str(value) for value in step["env"].values()}
    for name in action["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in values


class Sources:
    """As much of the project as the installation reads, with a `swift` that makes a program."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self.kept = folder / "kept"
        self.calls = folder / "calls"
        self.script = self.project / ".github/actions/release/install.sh"
        self.script.parent.mkdir(parents=True)
        shutil.copy(FOLDER / "install.sh", self.script)
        for path in ("Package.swift", "Sources/a.swift", "demo/rows.csv"):
            (self.project / path).parent.mkdir(exist_ok=True)
            (self.project / path).write_text(path)
        program(self.project / "Scripts/install-debian.sh", ":")
        built = folder / "built"
        program(
            folder / "bin/swift",
            f'echo "$*" >>"{self.calls}"\nmkdir -p "{built}"\n'
            f'[[ "$*" != *--show-bin-path ]] || echo "{built}"\n'
            f'cp /bin/true "{built}/release"',
        )
        self.path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [self.script, *arguments],
            env={"PATH": self.path, "HOME": str(self.kept), "RUNNER_TOOL_CACHE": str(self.kept)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def test_a_program_is_kept_for_its_sources_and_no_others(tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    first = sources.run("digest")
    assert sources.run("digest") == first
    assert [line.split("=")[0] for line in first.splitlines()] == ["folder", "key"]
    (sources.project / "Sources/a.swift").write_text("another")
    assert sources.run("digest") != first


def test_a_program_is_built_once(tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    folder = sources.run("digest").splitlines()[0].removeprefix("folder=")
    for _ in range(2):
        sources.run("build", folder)
    assert os.access(f"{folder}/release", os.X_OK)
    builds = [
        line
        for line in sources.calls.read_text().splitlines()
        if line.startswith("build") and "show-bin" not in line
    ]
    assert builds == ["build --configuration release --product release"]
