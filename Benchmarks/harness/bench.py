"""Runs the benchmarks that are named, or all; Benchmarks/run.sh calls it."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from pathlib import Path

import fleet
import outage
import rollback
import startup
from measuring import Programs

NAMES = ["startup", "rollback", "outage", "fleet"]


def main() -> None:
    options = parsed()
    programs = Programs(options.programs.resolve())
    print(f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}")
    for name in options.names or NAMES:
        with tempfile.TemporaryDirectory(prefix="release-bench-") as folder:
            scratch = Path(folder)
            match name:
                case "startup":
                    startup.run(programs, scratch, options.rounds)
                case "rollback":
                    rollback.run(programs, scratch, options.rounds)
                case "outage":
                    outage.run(programs, scratch, options.script_outage)
                case "fleet":
                    fleet.run(programs, scratch, options.environments)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="Benchmarks/run.sh", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--programs", type=Path, required=True, help="folder of the programs")
    parser.add_argument("--rounds", type=int, default=11, help="runs of each program (11)")
    parser.add_argument("--environments", type=int, default=500, help="size of the fleet (500)")
    parser.add_argument(
        "--script-outage",
        action="store_true",
        help="also let the script fail at a dead registry, which takes it minutes",
    )
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose from {', '.join(NAMES)}")
    return options


if __name__ == "__main__":
    main()
