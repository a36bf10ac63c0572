"""How soon each verb says that the registry is down."""

from __future__ import annotations

import shutil
from pathlib import Path

import parts
import rollback
from measuring import Programs, heading, line, measure, seconds

LIMIT = 10
REGISTRY_PROBLEM = 30

VERBS = {
    "rollback": ["rollback", "production", "--to", "1", "--reason", "benchmark"],
    "promote": ["promote", rollback.FULL.model, "--to", "production", "--version", "2"],
    "status": ["status"],
    "reconcile --once": ["reconcile", "--once"],
}


def run(programs: Programs, scratch: Path, with_script: bool) -> None:
    store = scratch / "mlflow"
    with (
        parts.mlflow_server(store) as address,
        parts.slot_follower(store / "mlflow.sqlite", rollback.FULL.model) as service,
    ):
        ready = rollback.prepare(rollback.FULL, programs, scratch, address, service)
        measure(
            programs.release(*VERBS["rollback"]),
            folder=ready,
            variables={"MLFLOW_TRACKING_URI": address},
        )
        heading(f"With the registry down: a clear failure within {LIMIT} s")
        ask(programs, scratch, ready, "connection refused", parts.refusing_address())
        with parts.black_hole() as silent:
            ask(programs, scratch, ready, "never answers", silent)
    if with_script:
        rollback.outage_of_script(scratch)


def ask(programs: Programs, scratch: Path, ready: Path, state: str, address: str) -> None:
    """Each verb begins from a copy of the same repository and journal."""
    for verb, arguments in VERBS.items():
        place = scratch / "asked"
        shutil.copytree(ready, place)
        head = parts.git(place, "rev-parse", "HEAD")
        cost = measure(
            programs.release(*arguments),
            folder=place,
            variables={"MLFLOW_TRACKING_URI": address},
            expecting=None,
        )
        good = cost.wall < LIMIT and cost.code == REGISTRY_PROBLEM
        moved = "" if parts.git(place, "rev-parse", "HEAD") == head else ", git CHANGED"
        line(
            f"{verb}, {state}",
            f"{seconds(cost.wall)}, exit {cost.code}{moved}: {'met' if good else 'MISSED'}",
        )
        shutil.rmtree(place)
