#!/usr/bin/env python3
"""Sends held-out rows to a model service, and afterwards their true classes.

    python traffic.py --url http://127.0.0.1:8000 --rate 50 --seconds 10

Each request carries one row, drawn with replacement by a seeded generator, so the same rows come
in the same order on every run. The true class goes back with the version that predicted. Needs
only Python's standard library.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

DEFAULT_ROWS = Path(__file__).resolve().parent.parent.parent / "demo" / "holdout.csv"
TIMEOUT_SECONDS = 10


class LabelledRow(NamedTuple):
    features: list[float]
    label: str


def main(arguments: Sequence[str] | None = None) -> int:
    options = parsed(arguments)
    rows = read_rows(options.rows)
    labelled: Counter[str] = Counter()
    correct: Counter[str] = Counter()
    failures = 0
    for row in paced(drawn(rows, options.seed), options.rate, options.count, options.seconds):
        try:
            version, is_correct = send(options.url, row)
        except (OSError, ValueError, KeyError) as error:
            failures += 1
            print(f"traffic: {error}", file=sys.stderr)
        else:
            labelled[version] += 1
            correct[version] += is_correct
    for version in sorted(labelled):
        accuracy = correct[version] / labelled[version]
        print(f"version {version}: {labelled[version]} rows, {accuracy:.3f} correct")
    print(f"{failures} requests failed")
    return 1 if failures and not labelled else 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Send labelled rows to a model service.")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the service is")
    parser.add_argument("--rows", type=Path, default=DEFAULT_ROWS, help="CSV with a label column")
    parser.add_argument("--rate", type=float, default=50, help="rows a second (default: 50)")
    parser.add_argument("--seed", type=int, default=1, help="of the order of rows (default: 1)")
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--seconds", type=float, help="stop after this long")
    length.add_argument("--count", type=int, help="stop after this many rows")
    return parser.parse_args(arguments)


def read_rows(path: Path) -> list[LabelledRow]:
    with path.open(newline="", encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    return [
        LabelledRow([float(v) for k, v in record.items() if k != "label"], record["label"])
        for record in records
    ]


def drawn(rows: Sequence[LabelledRow], seed: int) -> Iterator[LabelledRow]:
    """Rows without end, drawn with replacement."""
    generator = random.Random(seed)
    while True:
        yield generator.choice(rows)


def paced(
    rows: Iterator[LabelledRow], rate: float, count: int | None, seconds: float | None
) -> Iterator[LabelledRow]:
    """At most `rate` rows a second until the count or the time is used up."""
    started = time.monotonic()
    sent = 0
    while count is None or sent < count:
        due = started + sent / rate
        time.sleep(max(0.0, due - time.monotonic()))
        if seconds is not None and time.monotonic() - started >= seconds:
            return
        yield next(rows)
        sent += 1


def send(url: str, row: LabelledRow) -> tuple[str, bool]:
    """Predicts one row and reports its true class; the version that predicted, and if rightly."""
    reply = post(f"{url}/predict", {"features": [row.features]})
    version: str = reply["model_version"]
    prediction: int = reply["predictions"][0]
    label: int = reply["classes"].index(row.label)
    post(
        f"{url}/feedback",
        {"model_version": version, "predictions": [prediction], "labels": [label]},
    )
    return version, prediction == label


def post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
        reply: dict[str, Any] = json.load(response)
    return reply


if __name__ == "__main__":
    sys.exit(main())
