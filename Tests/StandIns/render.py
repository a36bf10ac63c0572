"""A stand-in for Render's API: services, variables, deploys and events, with real processes.

    python3 Tests/StandIns/render.py --start 'sample-service --port $PORT' --health /health

What it does as recorded or documented, and what tests can order from it with POST /__control:

    {"next": [{...}, ...]}    how the next deploys go, one after the other:
        {"answer": "queued"}        202 with an empty body; with "hidden" it is not listed yet
        {"answer": "live"}          201 that says live at once, as six of 33 recorded ones did
        {"ends": "update_failed", "reason": {"nonZeroExit": 1}}   fails, whatever the process does
        {"stays": "update_in_progress"}   is not done with, until it may go or is cancelled
    {"go": true}              lets the deploys go on that stay
    {"list": true}            lists what was hidden
    {"push": {…}}             a push to the branch: a deploy that no API call ordered, as in "next"
    {"sync": {"NAME": "…"}}   a Blueprint sync: sets variables, then deploys
    {"variables": {…}}        a person sets variables in the dashboard
    {"cancel": "dep-…"}       a person cancels a deploy there
    {"policy": "wait"}        deploys wait for each other; otherwise a new one cancels the running
    {"suspended": ["billing"]}, {"type": "cron_job"}, {"autoDeploy": "no"}
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

from render_deploys import Deploys
from standin import Front, Reply, Request, Vendor, run


def mend(document: dict[str, Any]) -> None:
    """Corrects Render's document where recorded traffic departs from it."""

    def loosen(node: Any) -> None:
        # Several of these alternatives fit the same object, so `oneOf` refuses what is sent.
        if isinstance(node, dict):
            if "oneOf" in node:
                node["anyOf"] = node.pop("oneOf")
            if isinstance(node.get("$ref"), str):
                node["$ref"] = node["$ref"].replace("/oneOf/", "/anyOf/")
            for value in node.values():
                loosen(value)
        elif isinstance(node, list):
            for value in node:
                loosen(value)

    loosen(document)
    properties = document["components"]["schemas"]["deploy"]["properties"]
    for name in ("commit", "finishedAt"):
        properties[name]["nullable"] = True


class Limiter:
    """So many calls a minute, with the headers that tell how many are left."""

    def __init__(self, minute: float) -> None:
        self.minute = minute
        self.windows: dict[str, tuple[float, int]] = {}

    def take(self, group: str, limit: int) -> tuple[bool, dict[str, str]]:
        started, used = self.windows.get(group, (0.0, 0))
        if time.monotonic() - started >= self.minute:
            started, used = time.monotonic(), 0
        self.windows[group] = (started, used + 1)
        left = max(0, round(self.minute - (time.monotonic() - started)))
        headers = {
            "Ratelimit-Limit": str(limit),
            "Ratelimit-Remaining": str(max(0, limit - used - 1)),
            "Ratelimit-Reset": str(left),
        }
        return used < limit, headers


class Render(Vendor):
    """One workspace with one service."""

    def __init__(self, options: argparse.Namespace, front: Front) -> None:
        self.options = options
        self.front = front
        self.tokens = {options.token}
        self.contract = contract_at_hand()
        self.deploys = Deploys(options, front)
        self.lock = self.deploys.lock
        self.limiter = Limiter(options.minute)
        self.variables: dict[str, str] = {}
        for pair in options.variable:
            name, _, value = pair.partition("=")
            self.variables[name] = value
        self.plans: list[dict[str, Any]] = []
        self.type = "web_service"
        self.suspenders: list[str] = []
        self.auto_deploy = "yes"

    # What Vendor asks

    @property
    def validates(self) -> bool:
        return self.contract is not None

    def breaches(self, request: Request, reply: Reply | None) -> list[str]:
        return self.contract.breaches(request, reply) if self.contract else []

    def state(self) -> dict[str, Any]:
        with self.lock:
            return {
                "variables": dict(self.variables),
                "deploys": [deploy.document for deploy in self.deploys.all],
                "served": self.deploys.live.variables if self.deploys.live else None,
            }

    def close(self) -> None:
        self.deploys.close()

    def order(self, order: dict[str, Any]) -> None:
        with self.lock:
            for name, value in order.items():
                match name:
                    case "next":
                        self.plans = list(value)
                    case "go":
                        self.deploys.go()
                    case "list":
                        for deploy in self.deploys.all:
                            deploy.is_listed = True
                    case "push":
                        self.start("new_commit", value)
                    case "sync":
                        self.variables |= value
                        self.start("blueprint_sync", {})
                    case "variables":
                        self.variables |= value
                    case "cancel":
                        self.cancelled(value)
                    case "policy":
                        self.deploys.overrides = value != "wait"
                    case "suspended":
                        self.suspenders = list(value)
                    case "type":
                        self.type = value
                    case "autoDeploy":
                        self.auto_deploy = value
                    case _:
                        raise ValueError(f"unknown order: {name}")

    # The API

    def answer(self, request: Request) -> Reply:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.tokens:
            return Reply(401, {"message": "Unauthorized"})
        with self.lock:
            group, limit = self.group(request)
            is_allowed, headers = self.limiter.take(group, limit)
            if not is_allowed:
                headers["Retry-After"] = headers["Ratelimit-Reset"]
                return Reply(429, {"message": "rate limit exceeded"}, headers)
            reply = self.route(request)
            return Reply(reply.status, reply.body, headers | reply.headers)

    @staticmethod
    def group(request: Request) -> tuple[str, int]:
        if request.method == "GET":
            return "reads", 400
        if request.method == "POST" and request.path.endswith("/deploys"):
            return "deploys", 10
        return "writes", 100

    def route(self, request: Request) -> Reply:
        match request.method, request.path.strip("/").split("/"):
            case _, ["services", service, *_] if service != self.options.service:
                return Reply(404, {"message": f"not found: {service}"})
            case "GET", ["services", _]:
                return Reply(200, self.service())
            case "GET", ["services", _, "env-vars", name]:
                if name not in self.variables:
                    return Reply(404, {"message": f"not found: {name}"})
                return Reply(200, {"key": name, "value": self.variables[name]})
            case "PUT", ["services", _, "env-vars", name]:
                self.variables[name] = request.json["value"]
                return Reply(200, {"key": name, "value": self.variables[name]})
            case "GET", ["services", _, "deploys"]:
                return self.listed(request)
            case "POST", ["services", _, "deploys"]:
                return self.ordered(request.json)
            case "GET", ["services", _, "deploys", name]:
                return self.retrieved(name)
            case "POST", ["services", _, "deploys", name, "cancel"]:
                return self.cancelled(name)
            case "GET", ["services", _, "events"]:
                return self.happened(request)
        return Reply(404, {"message": "not found"})

    def service(self) -> dict[str, Any]:
        url = self.front.url
        return {
            "id": self.options.service,
            "autoDeploy": self.auto_deploy,
            "branch": "main",
            "createdAt": "2026-01-01T00:00:00Z",
            "dashboardUrl": f"https://dashboard.render.com/web/{self.options.service}",
            "name": "iris-api",
            "notifyOnFail": "default",
            "ownerId": "tea-standin0000000000000",
            "repo": "https://github.com/example/iris",
            "rootDir": "",
            "serviceDetails": {
                "buildPlan": "starter",
                "env": "python",
                "envSpecificDetails": {"buildCommand": "true", "startCommand": self.options.start},
                "healthCheckPath": self.options.health,
                "numInstances": 1,
                "openPorts": [{"port": 10000, "protocol": "TCP"}],
                "plan": "starter",
                "region": "frankfurt",
                "runtime": "python",
                "url": url,
            },
            "slug": "iris-api",
            "suspended": "suspended" if self.suspenders else "not_suspended",
            "suspenders": self.suspenders,
            "type": self.type,
            "updatedAt": "2026-01-01T00:00:00Z",
        }

    def listed(self, request: Request) -> Reply:
        limit = int(request.first("limit") or 20)
        seen = [deploy for deploy in reversed(self.deploys.all) if deploy.is_listed]
        page = [{"deploy": d.document, "cursor": d.id} for d in seen[:limit]]
        return Reply(200, page)

    def retrieved(self, name: str) -> Reply:
        deploy = self.deploys.find(name)
        if deploy is None:
            return Reply(404, {"message": f"not found: {name}"})
        return Reply(200, deploy.document)

    def cancelled(self, name: str) -> Reply:
        deploy = self.deploys.find(name)
        if deploy is None:
            return Reply(404, {"message": f"not found: {name}"})
        if not deploy.is_running:
            return Reply(400, {"message": "deploy is not in progress"})
        self.deploys.end(deploy, "canceled", {})
        return Reply(200, deploy.document)

    def happened(self, request: Request) -> Reply:
        events = self.deploys.happened(request.first("startTime"), request.query.get("type", []))
        return Reply(200, [{"event": event, "cursor": event["id"]} for event in events])

    def ordered(self, body: dict[str, Any]) -> Reply:
        mode = body.get("deployMode", "build_and_deploy")
        if mode == "deploy_only" and not self.deploys.all and not self.options.built:
            return Reply(400, {"message": "no previous successful build"})
        plan = self.plans.pop(0) if self.plans else {}
        if not self.deploys.overrides and self.deploys.is_busy:
            self.deploys.waiting = ("api", mode, dict(self.variables), plan)
            return Reply(202)
        deploy = self.deploys.start("api", mode, self.variables, plan)
        if plan.get("answer") == "queued":
            deploy.is_listed = not plan.get("hidden", False)
            return Reply(202)
        return Reply(201, deploy.document)

    def start(self, trigger: str, plan: dict[str, Any]) -> None:
        """A deploy that no call to the API ordered."""
        mode = "build_and_deploy" if trigger == "new_commit" else "deploy_only"
        self.deploys.start(trigger, mode, self.variables, plan)


def contract_at_hand() -> Any:
    """Render's OpenAPI document; None where it, or what reads it, is not at hand."""
    try:
        from openapi_contract import OpenAPIContract
    except ImportError:
        return None
    return OpenAPIContract.at_hand("render-openapi-official-capture.json", mend)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add: Callable[..., Any] = parser.add_argument
    add("--start", required=True, help="the start command; a shell reads it, PORT is set")
    add("--health", default="/health", help="the health check path")
    add("--service", default="srv-standin0000000000000", help="the service's id")
    add("--token", default="rnd_standin", help="the API key that is accepted")
    add("--variable", action="append", default=[], help="NAME=VALUE, as it is stored at first")
    add("--built", action="store_true", help="there is a build before the first deploy")
    add("--live", action="store_true", help="deploy once before the first request")
    add("--never", action="store_true", help="there was never a deploy, whatever --live says")
    add("--pace", type=float, default=0.5, help="seconds that a phase of a deploy takes")
    add("--patience", type=float, default=60, help="seconds to get healthy; Render: 15 minutes")
    add("--minute", type=float, default=60, help="seconds in a minute of the rate limits")
    add("--port", type=int, default=0, help="the port of the API; 0 takes a free one")
    add("--front-port", type=int, default=0, help="the port of the service; 0 takes a free one")
    options = parser.parse_args()
    front = Front(options.front_port)
    render = Render(options, front)
    if options.live and not options.never:
        render.start("manual", {"answer": "live"})
    run(render, options.port, front, service=options.service)


if __name__ == "__main__":
    main()
