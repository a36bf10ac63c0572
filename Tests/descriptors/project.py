"""Where the descriptors lie, how they are read, and what the environments say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
# Third parties' schemas lie beside the project and are never part of it.
VENDORS_SCHEMAS = ROOT.parent / "shared" / "data" / "schemas"
TOOLS = Path(sys.executable).parent
VARIABLE = "MODEL_VERSION"


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def document(path: str) -> Any:
    """A YAML or JSON file; of YAML 1.1's words for true and false only these two are taken.

    GitHub and GitLab read `on:` and `off` as texts, and so do we.
    """
    if path.endswith(".json"):
        return json.loads(text(path))
    return yaml.load(text(path), Loader=PlainLoader)


class PlainLoader(yaml.SafeLoader):
    """SafeLoader without yes, no, on and off."""


PlainLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)


def health_paths() -> set[str]:
    """The paths at which environments/ expects health and version."""
    paths: set[str] = set()
    for file in (ROOT / "environments").glob("*.yaml"):
        environment = document(f"environments/{file.name}")
        paths.add(environment["service"].get("reports-version", {}).get("path", "/health"))
        health = environment.get("gates", {}).get("health")
        if health is not None:
            paths.add(health.get("path", "/health"))
    return paths


def run_tool(name: str, *arguments: str, stdin: str | None = None) -> str:
    """Runs a tool of the environment; its words when it finds something, else nothing."""
    done = subprocess.run(
        [TOOLS / name, *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr
