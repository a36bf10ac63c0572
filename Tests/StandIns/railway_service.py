"""What the stand-in for Railway keeps and runs: a service's variables and its deployments."""

from __future__ import annotations

import argparse
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from standin import Front, Instance

UNDER_WAY = {"INITIALIZING", "QUEUED", "WAITING", "NEEDS_APPROVAL", "BUILDING", "DEPLOYING"}
LIVE = {"SUCCESS", "SLEEPING"}


class Ticks:
    """A clock in milliseconds that never tells the same time twice."""

    def __init__(self) -> None:
        self.last = 0

    def now(self) -> str:
        self.last = max(self.last + 1, time.time_ns() // 1_000_000)
        moment = datetime.fromtimestamp(self.last / 1000, UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Variable:
    """One stored variable."""

    value: str
    updated: str
    is_sealed: bool = False


@dataclass
class Deployment:
    """One deployment, with the variables that it took when it was begun."""

    variables: dict[str, str]
    created: str
    plan: dict[str, Any]
    id: str = field(default_factory=lambda: str(uuid4()))
    status: str = "INITIALIZING"
    events: list[dict[str, Any]] = field(default_factory=list)
    instance: Instance | None = None

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    def document(self) -> dict[str, Any]:
        return {"id": self.id, "status": self.status, "createdAt": self.created}

    def tell(self, step: str, at: str, error: str | None) -> None:
        payload = {"error": error} if error else {}
        self.events.append({"id": str(uuid4()), "step": step, "createdAt": at, "payload": payload})


class Service:
    """A service in one environment; its lock is to be held around whatever reads or changes it."""

    def __init__(self, options: argparse.Namespace, front: Front) -> None:
        self.options = options
        self.front = front
        self.lock = threading.RLock()
        self.ticks = Ticks()
        self.variables: dict[str, Variable] = {}
        for pair in options.variable:
            name, _, value = pair.partition("=")
            self.store(name, value)
        self.deployments: list[Deployment] = []
        self.closed = False

    def store(self, name: str, value: str) -> None:
        self.variables[name] = Variable(value, self.ticks.now())

    @property
    def live(self) -> Deployment | None:
        return next((d for d in reversed(self.deployments) if d.status in LIVE), None)

    def close(self) -> None:
        with self.lock:
            self.closed = True
            for deployment in self.deployments:
                if deployment.instance and deployment.instance is not self.front.instance:
                    deployment.instance.stop()

    def go(self) -> None:
        """Lets the deployments go on that were told to stay."""
        for deployment in self.deployments:
            deployment.plan.pop("stays", None)

    def begin(self, plan: dict[str, Any], wait: bool = False) -> Deployment:
        """Begins a deployment; one that is still under way makes room for it."""
        variables = {name: variable.value for name, variable in self.variables.items()}
        deployment = Deployment(variables, self.ticks.now(), plan)
        for before in self.deployments:
            if before.is_under_way:
                before.status = "REMOVED"
        self.deployments.append(deployment)
        if wait:
            self.carry_out(deployment)
        else:
            threading.Thread(target=self.carry_out, args=[deployment], daemon=True).start()
        return deployment

    def carry_out(self, deployment: Deployment) -> None:
        """Takes a deployment through its phases; each of them may find it removed."""
        for phase in ("INITIALIZING", "BUILDING"):
            if not self.enter(deployment, phase):
                return
            time.sleep(self.options.pace)
        while stays := deployment.plan.get("stays"):
            if not self.enter(deployment, stays):
                return
            time.sleep(0.02)
        if "ends" in deployment.plan:
            step = deployment.plan.get("step", "BUILD_IMAGE")
            self.end(deployment, deployment.plan["ends"], step, deployment.plan.get("error"))
            return
        self.start(deployment)

    def enter(self, deployment: Deployment, phase: str) -> bool:
        with self.lock:
            if not deployment.is_under_way or self.closed:
                return False
            deployment.status = phase
            return True

    def start(self, deployment: Deployment) -> None:
        """Starts the new instance, and turns the traffic to it once it is healthy."""
        variables = {
            "RAILWAY_DEPLOYMENT_ID": deployment.id,
            "RAILWAY_SERVICE_ID": self.options.service,
            "RAILWAY_ENVIRONMENT_ID": self.options.environment,
        }
        with self.lock:
            if not self.enter(deployment, "DEPLOYING"):
                return
            instance = Instance(self.options.start, {**deployment.variables, **variables})
            deployment.instance = instance
        failure = self.wait_for_health(deployment, instance)
        with self.lock:
            if deployment.is_under_way and failure is None and not self.closed:
                for before in self.deployments:
                    if before.status in LIVE or before.status == "CRASHED":
                        before.status = "REMOVED"
                deployment.status = "SUCCESS"
                replaced, self.front.instance = self.front.instance, instance
            else:
                replaced = instance
                self.end(deployment, "FAILED", "HEALTHCHECK", failure)
        if replaced is not None:
            replaced.stop()

    def wait_for_health(self, deployment: Deployment, instance: Instance) -> str | None:
        deadline = time.monotonic() + self.options.patience
        while deployment.is_under_way and not self.closed:
            if instance.exit_code is not None:
                return f"the container exited with code {instance.exit_code}"
            if instance.is_healthy(self.options.health):
                return None
            if time.monotonic() > deadline:
                return f"service unavailable at {self.options.health}"
            time.sleep(0.02)
        return None

    def end(self, deployment: Deployment, status: str, step: str, error: str | None) -> None:
        with self.lock:
            if deployment.is_under_way:
                deployment.tell("SNAPSHOT_CODE", self.ticks.now(), None)
                deployment.tell(step, self.ticks.now(), error)
                deployment.status = status
