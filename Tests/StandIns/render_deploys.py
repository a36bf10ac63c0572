"""How deploys go at the stand-in for Render: through their phases, with real processes."""

from __future__ import annotations

import argparse
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from standin import Front, Instance

RUNNING = {
    "created",
    "queued",
    "build_in_progress",
    "pre_deploy_in_progress",
    "update_in_progress",
}


def now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


@dataclass
class Deploy:
    """One deploy, with the variables it was created with."""

    id: str
    trigger: str
    mode: str
    variables: dict[str, str]
    plan: dict[str, Any]
    status: str = "created"
    created: str = field(default_factory=now)
    finished: str | None = None
    is_listed: bool = True
    instance: Instance | None = None

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def document(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "commit": {
                "id": "a0f64db8bea168f884fcc6b95ec4f795b4b850f3",
                "message": self.plan.get("message", "Serve the model"),
                "createdAt": "2026-01-01T00:00:00Z",
            },
            "status": self.status,
            "trigger": self.trigger,
            "createdAt": self.created,
            "updatedAt": self.finished or self.created,
            "finishedAt": self.finished,
        }


class Deploys:
    """The deploys of one service, the newest last."""

    def __init__(self, options: argparse.Namespace, front: Front) -> None:
        self.options = options
        self.front = front
        self.lock = threading.RLock()
        self.all: list[Deploy] = []
        self.events: list[dict[str, Any]] = []
        #: A new deploy cancels the running one; False: it waits for it.
        self.overrides = True
        self.waiting: tuple[str, str, dict[str, str], dict[str, Any]] | None = None
        self.closed = False

    @property
    def is_busy(self) -> bool:
        return any(deploy.is_running for deploy in self.all)

    @property
    def live(self) -> Deploy | None:
        return next((d for d in reversed(self.all) if d.status == "live"), None)

    def find(self, name: str) -> Deploy | None:
        return next((deploy for deploy in self.all if deploy.id == name), None)

    def close(self) -> None:
        """Ends every instance but the one behind the front, which ends with that."""
        with self.lock:
            self.closed = True
            for deploy in self.all:
                if deploy.instance and deploy.instance is not self.front.instance:
                    deploy.instance.stop()

    def go(self) -> None:
        """Lets the deploys go on that were told to stay."""
        for deploy in self.all:
            deploy.plan.pop("stays", None)

    def start(
        self, trigger: str, mode: str, variables: dict[str, str], plan: dict[str, Any]
    ) -> Deploy:
        """Begins a deploy, and cancels the one that runs."""
        number = len(self.all) + 1
        deploy = Deploy(f"dep-standin{number:013d}", trigger, mode, dict(variables), dict(plan))
        for before in self.all:
            if before.is_running:
                self.end(before, "canceled", {"newDeploy": {"id": deploy.id}})
        self.all.append(deploy)
        deploy.status = "build_in_progress" if mode == "build_and_deploy" else "update_in_progress"
        if plan.get("answer") == "live":
            self.carry_out(deploy)
        else:
            threading.Thread(target=self.carry_out, args=[deploy], daemon=True).start()
        return deploy

    def carry_out(self, deploy: Deploy) -> None:
        """Takes a deploy through its phases; each of them may find it cancelled."""
        build = ["build_in_progress"] if deploy.mode == "build_and_deploy" else []
        for phase in [*build, "update_in_progress"]:
            if not self.enter(deploy, phase):
                return
            time.sleep(self.options.pace)
            while deploy.plan.get("stays") == phase:
                if not self.enter(deploy, phase):
                    return
                time.sleep(0.02)
        if "ends" in deploy.plan:
            failure = {"evicted": False, **deploy.plan.get("reason", {})}
            self.end(deploy, deploy.plan["ends"], {"failure": failure})
            return
        self.update(deploy)

    def enter(self, deploy: Deploy, phase: str) -> bool:
        with self.lock:
            if not deploy.is_running or self.closed:
                return False
            deploy.status = phase
            return True

    def update(self, deploy: Deploy) -> None:
        """Starts the new instance, and turns the traffic to it once it is healthy."""
        variables = {
            "RENDER": "true",
            "RENDER_SERVICE_ID": self.options.service,
            "RENDER_EXTERNAL_URL": self.front.url,
        }
        with self.lock:
            if not self.enter(deploy, "update_in_progress"):
                return
            deploy.instance = instance = Instance(
                self.options.start, {**deploy.variables, **variables}
            )
        failure = self.wait_for_health(deploy, instance)
        with self.lock:
            if deploy.is_running and failure is None and not self.closed:
                if self.live:
                    self.live.status = "deactivated"
                deploy.status, deploy.finished = "live", now()
                self.tell(deploy, "succeeded", {})
                left, self.front.instance = self.front.instance, instance
            else:
                left = instance
                self.end(
                    deploy, "update_failed", {"failure": {"evicted": False, **(failure or {})}}
                )
        if left is not None:
            left.stop()
        self.start_queued()

    def wait_for_health(self, deploy: Deploy, instance: Instance) -> dict[str, Any] | None:
        deadline = time.monotonic() + self.options.patience
        while deploy.is_running and not self.closed:
            if instance.exit_code is not None:
                return {"nonZeroExit": instance.exit_code, "earlyExit": True}
            if instance.is_healthy(self.options.health):
                return None
            if time.monotonic() > deadline:
                return {"timedOutSeconds": 900, "unhealthy": f"no 2xx from {self.options.health}"}
            time.sleep(0.02)
        return None

    def end(self, deploy: Deploy, status: str, reason: dict[str, Any]) -> None:
        with self.lock:
            if not deploy.is_running:
                return
            deploy.status, deploy.finished = status, now()
            self.tell(deploy, "canceled" if status == "canceled" else "failed", reason)
        self.start_queued()

    def start_queued(self) -> None:
        """Begins the deploy that waited; only the newest of them is kept, as at Render."""
        with self.lock:
            if self.waiting is not None and not self.is_busy and not self.closed:
                waiting, self.waiting = self.waiting, None
                self.start(*waiting)

    def happened(self, since: str | None, kinds: list[str]) -> list[dict[str, Any]]:
        """The events since a time, the newest first."""
        start = datetime.fromisoformat(since) if since else datetime.min.replace(tzinfo=UTC)
        return [
            event
            for event in reversed(self.events)
            if datetime.fromisoformat(event["timestamp"]) >= start
            and (not kinds or event["type"] in kinds)
        ]

    def tell(self, deploy: Deploy, status: str, reason: dict[str, Any]) -> None:
        self.events.append(
            {
                "id": f"evt-{len(self.events) + 1:020d}",
                "timestamp": now(),
                "serviceId": self.options.service,
                "type": "deploy_ended",
                "details": {
                    "deployId": deploy.id,
                    "deployStatus": status,
                    "status": {"succeeded": 2, "failed": 3, "canceled": 4}[status],
                    "reason": reason,
                },
            }
        )
