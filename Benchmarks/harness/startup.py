"""What a call of the program costs before it does anything."""

from __future__ import annotations

from pathlib import Path

import parts
from measuring import Median, Programs, heading, line, measure


def run(programs: Programs, scratch: Path, rounds: int) -> None:
    heading("Start-up")
    empty = parts.repository(scratch / "empty", {"README.md": "Nothing is declared here.\n"})
    calls: list[tuple[str, list[str | Path], int]] = [
        ("release --version", programs.release("--version"), 0),
        ("release status, nothing declared", programs.release("status"), 33),
        ("for comparison: one run of git", ["git", "rev-parse", "HEAD"], 0),
    ]
    for label, command, code in calls:
        costs = [measure(command, folder=empty, expecting=code) for _ in range(rounds)]
        line(label, Median.of(costs).text)
