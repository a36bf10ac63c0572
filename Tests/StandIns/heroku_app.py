"""What the stand-in for Heroku keeps and runs: an app's config vars, releases and dynos."""

from __future__ import annotations

import argparse
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from standin import Front, Instance, Request


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass
class Release:
    """One release, with the config vars it was made with."""

    version: int
    description: str
    config: dict[str, str]
    phase: dict[str, Any]
    status: str = "pending"
    id: str = field(default_factory=lambda: str(uuid4()))
    created: str = field(default_factory=now)
    updated: str = field(default_factory=now)


@dataclass
class Dyno:
    """One process of the app; only the first web dyno is a real one."""

    type: str
    number: int
    release: Release
    state: str = "starting"
    id: str = field(default_factory=lambda: str(uuid4()))
    created: str = field(default_factory=now)
    updated: str = field(default_factory=now)

    def turn(self, state: str) -> None:
        self.state, self.updated = state, now()


class App:
    """An app; its lock is to be held around whatever reads or changes it."""

    def __init__(self, options: argparse.Namespace, front: Front) -> None:
        self.options = options
        self.front = front
        self.lock = threading.RLock()
        self.config: dict[str, str] = {}
        for pair in options.variable:
            name, _, value = pair.partition("=")
            self.config[name] = value
        self.releases: list[Release] = []
        self.current: Release | None = None
        self.phases: list[dict[str, Any]] = []
        self.may_go = threading.Event()
        self.wanted = {"web": 1}
        self.dynos: list[Dyno] = []
        self.closed = False

    def close(self) -> None:
        with self.lock:
            self.closed = True

    def set(self, changes: dict[str, str | None]) -> None:
        """Changes config vars; what changes nothing makes no release."""
        before = dict(self.config)
        for name, value in changes.items():
            if value is None:
                self.config.pop(name, None)
            else:
                self.config[name] = value
        if self.config != before:
            self.release(f"Set {', '.join(changes)} config vars")

    def roll_back(self, target: Release) -> Release:
        self.config = dict(target.config)
        return self.release(f"Rollback to v{target.version}")

    def release(self, description: str, wait: bool = False) -> Release:
        phase = self.phases.pop(0) if self.phases else {}
        release = Release(len(self.releases) + 1, description, dict(self.config), phase)
        self.releases.append(release)
        if not phase:
            self.succeed(release, wait)
        else:
            threading.Thread(target=self.carry_out, args=[release], daemon=True).start()
        return release

    def carry_out(self, release: Release) -> None:
        """The release phase; a failed one leaves the release before as it was."""
        if release.phase.get("waits"):
            self.may_go.wait()
        with self.lock:
            if release.phase.get("fails"):
                release.status, release.updated = "failed", now()
            else:
                self.succeed(release, False)

    def succeed(self, release: Release, wait: bool) -> None:
        release.status, release.updated = "succeeded", now()
        if self.current is None or release.version > self.current.version:
            self.current = release
            self.restart(wait)

    def restart(self, wait: bool = False) -> None:
        """Replaces all dynos by new ones of the current release."""
        release = self.current
        if release is None or self.closed:
            return
        self.dynos = [
            Dyno(kind, number + 1, release)
            for kind, quantity in self.wanted.items()
            for number in range(quantity)
        ]
        if wait:
            self.boot(release, self.dynos)
        else:
            threading.Thread(target=self.boot, args=[release, self.dynos], daemon=True).start()

    def boot(self, release: Release, dynos: list[Dyno]) -> None:
        """Starts the web dyno, and tells how it goes; without preboot the old one stops first."""
        with self.lock:
            if dynos is not self.dynos or self.closed:
                return
            self.front.turn(None)
        time.sleep(self.options.pace)
        with self.lock:
            if dynos is not self.dynos or self.closed:
                return
            instance = None
            if self.wanted.get("web"):
                instance = Instance(self.options.start, {**release.config, "DYNO": "web.1"})
                self.front.turn(instance)
        ending = self.wait_for_port(dynos, instance) if instance else "up"
        with self.lock:
            if dynos is self.dynos:
                for dyno in dynos:
                    dyno.turn(ending if dyno.type == "web" else "up")

    def wait_for_port(self, dynos: list[Dyno], instance: Instance) -> str:
        """Up once something listens at PORT: Heroku looks no further."""
        deadline = time.monotonic() + self.options.patience
        while dynos is self.dynos and not self.closed and time.monotonic() < deadline:
            if instance.exit_code is not None:
                return "crashed"
            status, _, _ = instance.ask(Request("GET", "/", {}, {}, b""))
            if status != 502:
                return "up"
            time.sleep(0.02)
        return "crashed"
