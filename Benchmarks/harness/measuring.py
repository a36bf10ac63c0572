"""Measures programs and sets the numbers side by side."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

METERED = Path(__file__).with_name("metered.py")


@dataclass(frozen=True)
class Programs:
    """The folder with the programs under measurement."""

    folder: Path

    def release(self, *arguments: str | Path) -> list[str | Path]:
        """The command line of one call of `release`."""
        return [self.folder / "release", *arguments]


@dataclass(frozen=True)
class Cost:
    """What one run of a program cost."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of CPU, user and system, children included."""
    peak: int
    """Bytes of memory of the largest process."""
    code: int
    """Exit code."""
    said: str
    """What it wrote to standard output and standard error."""


def measure(
    command: Sequence[str | Path],
    *,
    folder: Path,
    variables: Mapping[str, str] | None = None,
    expecting: int | None = 0,
) -> Cost:
    """Runs a program once; a wrong exit code ends the benchmark, for its numbers mean nothing."""
    with tempfile.TemporaryDirectory() as scratch:
        result, log = Path(scratch, "result.json"), Path(scratch, "log")
        subprocess.run(
            [sys.executable, "-I", "-S", METERED, result, log, *command],
            cwd=folder,
            env={**os.environ, **(variables or {})},
            check=False,
        )
        said = log.read_text(encoding="utf-8", errors="replace")
        cost = Cost(**json.loads(result.read_text(encoding="utf-8")), said=said)
    if expecting is not None and cost.code != expecting:
        shown = " ".join(str(word) for word in command)
        raise SystemExit(f"{shown} exited with {cost.code}, not {expecting}:\n{said}")
    return cost


@dataclass(frozen=True)
class Median:
    """The middle of several runs, each number for itself."""

    wall: float
    cpu: float
    peak: float
    runs: int
    slowest: float

    @classmethod
    def of(cls, costs: Sequence[Cost]) -> Median:
        return cls(
            wall=statistics.median(cost.wall for cost in costs),
            cpu=statistics.median(cost.cpu for cost in costs),
            peak=statistics.median(cost.peak for cost in costs),
            runs=len(costs),
            slowest=max(cost.wall for cost in costs),
        )

    @property
    def text(self) -> str:
        return (
            f"{seconds(self.wall)} wall (slowest {seconds(self.slowest)}), "
            f"{seconds(self.cpu)} CPU, {megabytes(self.peak)} peak"
        )


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def megabytes(value: float) -> str:
    return f"{value / 1e6:.1f} MB"


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def line(label: str, text: str) -> None:
    print(f"  {label:<44} {text}", flush=True)
