"""`release rollback` beside the usual way back, on one MLflow server, in turn."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import parts
from measuring import Cost, Median, Programs, heading, line, measure, seconds

WALL_BAR = 30
PEAK_BAR = 6

PEER = parts.PROJECT / "Benchmarks/peers/rollback_model.py"


@dataclass(frozen=True)
class Setting:
    """How thorough `release` is told to be."""

    name: str
    model: str
    write_back: str = "commit"
    answers: int = 3
    """How often in a row the service must name the version, and say that it is healthy."""

    def declaration(self, service: str) -> str:
        checks = f"{{path: /health, expect: {{status: healthy}}, successes: {self.answers}}}"
        gates = f"gates:\n  health: {checks}\n" if self.answers > 1 else ""
        return f"""\
model: {self.model}
version: 2
slot: {{stage: Production}}
service:
  url: {service}
  identity: {{successes: {self.answers}}}
platform: none
{gates}write-back: {self.write_back}
"""

    @property
    def does(self) -> str:
        times = f"{self.answers} times"
        heard = f"{times} that it serves the version, {times} that it is healthy"
        return (
            "looks the version up, journals each step, moves the stage, reads it back;\n"
            f"    hears from the service {heard if self.answers > 1 else 'that it serves it'};\n"
            f"    tags the version, {'commits to git' if self.write_back == 'commit' else 'no git'}"
        )


FULL = Setting("release", "iris-full")
SETTINGS = [
    FULL,
    Setting("release, write-back none", "iris-untold", write_back="none"),
    Setting("release, one answer", "iris-least", write_back="none", answers=1),
]


@dataclass
class Contender:
    """One way back, and what its runs cost."""

    name: str
    model: str
    does: str
    go_back: Callable[[int], Cost]
    costs: list[Cost] = field(default_factory=list)


def run(programs: Programs, scratch: Path, rounds: int) -> None:
    with ExitStack() as stack:
        store = scratch / "mlflow"
        address = stack.enter_context(parts.mlflow_server(store))
        database = store / "mlflow.sqlite"
        contenders: list[Contender] = []
        for setting in SETTINGS:
            service = stack.enter_context(parts.slot_follower(database, setting.model))
            place = prepare(setting, programs, scratch, address, service)
            go_back = release(setting, programs, place, address)
            contenders.append(Contender(setting.name, setting.model, setting.does, go_back))
        train("iris-script", address, scratch)
        contenders.append(Contender("script", "iris-script", SCRIPT_DOES, script(scratch, address)))
        take_turns(contenders, rounds, database)
        compare(contenders)


def take_turns(contenders: list[Contender], rounds: int, database: Path) -> None:
    """Lets each go back once a round; the first round fills caches for all and does not count."""
    for number in range(rounds + 1):
        for contender in contenders:
            version = 1 + number % 2
            cost = contender.go_back(version)
            held = parts.holders(database, contender.model, "Production")
            if held != [str(version)]:
                raise SystemExit(f"{contender.name} left {held} in the stage, not {version}.")
            if number > 0:
                contender.costs.append(cost)


def compare(contenders: list[Contender]) -> None:
    heading("release rollback beside the usual script")
    for contender in contenders:
        print(f"  {contender.name}: {contender.does}")
    print(f"  Medians of {len(contenders[0].costs)} runs each, in turn:")
    for contender in contenders:
        line(contender.name, Median.of(contender.costs).text)
    script = Median.of(contenders[-1].costs)
    for contender in contenders[:-1]:
        median = Median.of(contender.costs)
        wall, peak = script.wall / median.wall, script.peak / median.peak
        line(
            f"script / {contender.name}",
            f"wall {wall:.1f} ({verdict(wall, WALL_BAR)}), "
            f"CPU {script.cpu / median.cpu:.0f}, memory {peak:.1f} ({verdict(peak, PEAK_BAR)})",
        )


def verdict(ratio: float, bar: int) -> str:
    return f"bar {bar}: {'met' if ratio >= bar else 'MISSED'}"


def prepare(
    setting: Setting, programs: Programs, scratch: Path, address: str, service: str
) -> Path:
    """A repository whose environment is settled on version 2."""
    train(setting.model, address, scratch)
    files = {"environments/production.yaml": setting.declaration(service)}
    place = parts.repository(scratch / setting.model, files)
    measure(
        programs.release("reconcile", "--once"),
        folder=place,
        variables={"MLFLOW_TRACKING_URI": address},
    )
    return place


def release(
    setting: Setting, programs: Programs, place: Path, address: str
) -> Callable[[int], Cost]:
    def go_back(version: int) -> Cost:
        order = ["rollback", "production", "--to", str(version), "--reason", "benchmark"]
        cost = measure(
            programs.release(*order), folder=place, variables={"MLFLOW_TRACKING_URI": address}
        )
        declared = f"version: {version if setting.write_back == 'commit' else 2}\n"
        if declared not in parts.git(place, "show", "HEAD:environments/production.yaml"):
            raise SystemExit(f"git does not say '{declared.strip()}' after the rollback.")
        return cost

    return go_back


SCRIPT_DOES = (
    "downloads the model, loads it, keeps the old one, swaps them, moves the stage;\n"
    "    asks no service, reads nothing back, remembers nothing, tells nobody"
)


def script(scratch: Path, address: str) -> Callable[[int], Cost]:
    def go_back(version: int) -> Cost:
        return measure(
            [sys.executable, PEER, str(version), "--model", "iris-script"],
            folder=scratch,
            variables={"MLFLOW_TRACKING_URI": address},
        )

    return go_back


def outage_of_script(scratch: Path) -> None:
    """What the script does when nothing listens at the registry's address: some minutes."""
    cost = measure(
        [sys.executable, PEER, "1"],
        folder=scratch,
        variables={"MLFLOW_TRACKING_URI": parts.refusing_address()},
        expecting=None,
    )
    line("script, connection refused", f"{seconds(cost.wall)}, exit {cost.code}")


def train(model: str, address: str, scratch: Path) -> None:
    """Registers two real models, versions 1 and 2."""
    subprocess.run(
        [sys.executable, parts.PROJECT / "examples/iris/train.py", "--model-name", model],
        env={**os.environ, "MLFLOW_TRACKING_URI": address},
        cwd=scratch,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
