"""Many environments in one repository: what a pass costs when there is nothing to do."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import parts
from measuring import Cost, Programs, heading, line, measure, megabytes, seconds


def run(programs: Programs, scratch: Path, count: int) -> None:
    with parts.sample_service(programs.folder, version=1) as service:
        files = {
            f"environments/fleet/{name(number)}.yaml": declaration(name(number), service)
            for number in range(count)
        }
        place = parts.repository(scratch / "repository", files)
        fill_registry(programs, scratch, place, count)
        heading(f"{count} environments, one service host, embedded registry")
        reconcile = programs.release("reconcile", "--once", "--quiet")
        show("first pass: a release each", count, measure(reconcile, folder=place))
        before = Journal(place)
        line("entries in the journal", str(before.entries))
        for which in ("second", "third"):
            show(f"{which} pass, at rest", count, measure(reconcile, folder=place))
        after = Journal(place)
        same = "nothing was written" if after == before else "WRITTEN TO"
        line("the journal after the passes at rest", f"{after.entries} entries: {same}")
        show("status", count, measure(programs.release("status"), folder=place))


def name(number: int) -> str:
    return f"model-{number:05}"


def declaration(model: str, service: str) -> str:
    return f"""\
model: {model}
version: 1
slot: {{alias: champion}}
service:
  url: {service}
platform: none
gates:
  health: {{path: /health, expect: {{status: healthy}}}}
"""


def fill_registry(programs: Programs, scratch: Path, place: Path, count: int) -> None:
    artifact = scratch / "model.json"
    artifact.write_text("{}", encoding="utf-8")
    for number in range(count):
        add = programs.release("registry", "add", name(number), "--artifact", artifact)
        measure(add, folder=place)


def show(label: str, count: int, cost: Cost) -> None:
    line(
        label,
        f"{seconds(cost.wall)} wall, {seconds(cost.cpu)} CPU, {megabytes(cost.peak)} peak; "
        f"{cost.wall / count * 1000:.2f} ms each",
    )


class Journal:
    """What a journal holds, and the bytes of its files."""

    def __init__(self, place: Path) -> None:
        files = sorted((place / ".release").glob("journal.sqlite*"))
        self.digest = [
            (file.name, hashlib.sha256(file.read_bytes()).hexdigest())
            for file in files
            if not file.name.endswith("-shm")
        ]
        database = place / ".release/journal.sqlite"
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self.entries: int = connection.execute("SELECT count(*) FROM entries").fetchone()[0]
        self.content = hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()
        connection.close()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Journal) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]
