"""A stand-in for Railway's GraphQL API: one service, its variables and deployments, for real.

    python3 Tests/StandIns/railway.py --start 'sample-service --port $PORT' --health /health

Operations are executed against Railway's published schema, so a wrong selection fails here as it
would there. What tests can order from it with POST /__control:

    {"next": [{...}, ...]}    how the next deployments go, one after the other:
        {"ends": "FAILED", "step": "BUILD_IMAGE", "error": "..."}   fails, whatever the process does
        {"stays": "NEEDS_APPROVAL"}   is not done with, until it may go or is removed
    {"go": true}              lets the deployments go on that stay
    {"push": true}            a push to the branch: a deployment that no API call asked for
    {"trigger": "main"}       a branch of the repository, pushes to which deploy; null: none
    {"variables": {"NAME": "..."}}   a person sets variables in the dashboard, without deploying
    {"seal": "NAME"}          a person seals a variable
    {"remove": true}          a person removes the newest deployment
    {"sleep": true}           the live deployment goes to sleep
    {"operations": [{"operation": "Deploy", "do": "lose", "times": 1}, ...]}   faults by operation:
        {"do": "lose"}                     carries it out, but cuts the connection unanswered
        {"do": "refuse", "message": "..."} refuses the first field, with these words
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from railway_service import Deployment, Service
from standin import Cut, Front, Reply, Request, Vendor, run

NOT_AUTHORIZED = "Not Authorized"


class Lost(Reply):
    """A reply that never arrives."""

    @property
    def bytes(self) -> bytes:
        raise Cut


class Railway(Vendor):
    """One project with one environment and one service in it."""

    def __init__(self, options: argparse.Namespace, front: Front) -> None:
        self.options = options
        self.tokens = {options.token, options.project_token}
        self.contract = contract_at_hand()
        self.service = Service(options, front)
        self.plans: list[dict[str, Any]] = []
        self.trigger: str | None = None
        self.faults: list[dict[str, Any]] = []
        self.caller: dict[str, str] = {}
        self.refusal: str | None = None
        self.found_wrong: list[str] = []

    # What Vendor asks

    @property
    def validates(self) -> bool:
        return self.contract is not None and bool(self.contract.is_published)

    def breaches(self, request: Request, reply: Reply | None) -> list[str]:
        if self.contract is None or request.path != "/graphql/v2":
            return []
        if reply is None:
            found: list[str] = self.contract.breaches(request.json)
            return found
        found, self.found_wrong = self.found_wrong, []
        return found

    def state(self) -> dict[str, Any]:
        service = self.service
        with service.lock:
            return {
                "variables": {name: v.value for name, v in service.variables.items()},
                "deployments": [deployment.document() for deployment in service.deployments],
                "served": service.live.variables if service.live else None,
            }

    def close(self) -> None:
        self.service.close()

    def order(self, order: dict[str, Any]) -> None:
        service = self.service
        with service.lock:
            for name, value in order.items():
                match name:
                    case "next":
                        self.plans = list(value)
                    case "operations":
                        self.faults = [{"times": 1, **fault} for fault in value]
                    case "go":
                        service.go()
                    case "push":
                        service.begin({})
                    case "trigger":
                        self.trigger = value
                    case "variables":
                        for key, text in value.items():
                            service.store(key, text)
                    case "seal":
                        service.variables[value].is_sealed = True
                    case "remove":
                        service.deployments[-1].status = "REMOVED"
                    case "sleep":
                        service.deployments[-1].status = "SLEEPING"
                    case _:
                        raise ValueError(f"unknown order: {name}")

    # The API

    def answer(self, request: Request) -> Reply:
        if request.method != "POST" or request.path != "/graphql/v2":
            return Reply(404, {"message": "not found"})
        if self.contract is None:
            return Reply(501, {"message": "stand-in: graphql-core is not installed"})
        body = request.json
        fault = self.fault(body.get("operationName"))
        with self.service.lock:
            self.caller = request.headers
            self.refusal = fault.get("message")
            answer, self.found_wrong = self.contract.execute(body, self.fields())
        return (Lost if fault.get("do") == "lose" else Reply)(200, answer)

    def fault(self, operation: str | None) -> dict[str, Any]:
        for fault in self.faults:
            if fault["operation"] == operation and fault["times"] > 0:
                fault["times"] -= 1
                return fault
        return {}

    def fields(self) -> dict[str, Callable[..., Any]]:
        from graphql_contract import resolvers

        return resolvers(
            projectToken=self.project_token,
            serviceInstance=self.service_instance,
            environment=self.environment,
            variables=self.stored,
            deployment=self.deployment,
            deploymentTriggers=self.deployment_triggers,
            deploymentEvents=self.deployment_events,
            variableUpsert=self.variable_upsert,
            serviceInstanceDeployV2=self.deploy,
        )

    def refuse(self, message: str) -> Exception:
        from graphql_contract import Refusal

        return Refusal(message)

    def project_token(self) -> dict[str, Any]:
        token = self.caller.get("project-access-token")
        if token != self.options.project_token or token not in self.tokens:
            raise self.refuse("Project Token not found")
        return {"projectId": self.options.project, "environmentId": self.options.environment}

    def admit(self, environment: str | None = None, project: str | None = None) -> None:
        """Refuses who has no token; a project's token is refused elsewhere too."""
        if self.refusal is not None:
            raise self.refuse(self.refusal)
        scheme, _, bearer = self.caller.get("authorization", "").partition(" ")
        project_token = self.caller.get("project-access-token")
        if project_token is not None:
            is_ours = project_token == self.options.project_token and project_token in self.tokens
            here = (self.options.environment, self.options.project)
            is_here = (environment or here[0], project or here[1]) == here
            if not is_ours or not is_here:
                raise self.refuse(NOT_AUTHORIZED)
        elif scheme != "Bearer" or bearer != self.options.token or bearer not in self.tokens:
            raise self.refuse(NOT_AUTHORIZED)

    def service_instance(self, serviceId: str, environmentId: str) -> dict[str, Any]:
        self.admit(environmentId)
        if (serviceId, environmentId) != (self.options.service, self.options.environment):
            raise self.refuse("ServiceInstance not found")
        deployments = self.service.deployments
        return {"latestDeployment": deployments[-1].document() if deployments else None}

    def environment(self, id: str, projectId: str | None = None) -> dict[str, Any]:
        self.admit(id, projectId)
        if id != self.options.environment:
            raise self.refuse("Environment not found")
        nodes = [
            {
                "name": name,
                "serviceId": self.options.service,
                "isSealed": variable.is_sealed,
                "updatedAt": variable.updated,
            }
            for name, variable in self.service.variables.items()
        ]

        def page(_: Any, first: int = 100, **__: Any) -> dict[str, Any]:
            return {"edges": [{"node": node} for node in nodes[:first]]}

        return {"variables": page}

    def stored(
        self,
        projectId: str,
        environmentId: str,
        serviceId: str | None = None,
        unrendered: bool = False,
    ) -> dict[str, str]:
        self.admit(environmentId, projectId)
        if projectId != self.options.project or serviceId != self.options.service:
            raise self.refuse("Project not found")
        del unrendered  # Nothing here is rendered.
        return {n: v.value for n, v in self.service.variables.items() if not v.is_sealed}

    def deployment(self, id: str) -> dict[str, Any]:
        self.admit()
        return self.found(id).document()

    def deployment_triggers(
        self, projectId: str, environmentId: str, serviceId: str, **_: Any
    ) -> dict[str, Any]:
        self.admit(environmentId, projectId)
        if serviceId != self.options.service:
            raise self.refuse("Service not found")
        node = {"repository": "example/iris", "branch": self.trigger}
        return {"edges": [{"node": node}] if self.trigger else []}

    def deployment_events(self, id: str, last: int = 100, **_: Any) -> dict[str, Any]:
        self.admit()
        return {"edges": [{"node": event} for event in self.found(id).events[-last:]]}

    def variable_upsert(self, input: dict[str, Any]) -> bool:
        self.admit(input["environmentId"], input["projectId"])
        self.service.store(input["name"], input["value"])
        if not input["skipDeploys"]:
            self.service.begin({})
        return True

    def deploy(
        self,
        environmentId: str,
        serviceId: str,
        commitSha: str | None = None,
    ) -> str:
        self.admit(environmentId)
        if commitSha is not None:
            raise self.refuse("Commit not found")
        if serviceId != self.options.service:
            raise self.refuse("ServiceInstance not found")
        return self.service.begin(self.plans.pop(0) if self.plans else {}).id

    def found(self, name: str) -> Deployment:
        for deployment in self.service.deployments:
            if deployment.id == name:
                return deployment
        raise self.refuse("Deployment not found")


def contract_at_hand() -> Any:
    """Railway's schema, or the part of it that is written here; None without graphql-core."""
    try:
        from graphql_contract import GraphQLContract
    except ImportError:
        return None
    subset = Path(__file__).with_name("railway_subset.graphql").read_text()
    published = GraphQLContract.at_hand("railway-graphql-introspection.json")
    return published or GraphQLContract.of(subset)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add: Callable[..., Any] = parser.add_argument
    add("--start", required=True, help="the start command; a shell reads it, PORT is set")
    add("--health", default="/health", help="the health check path")
    add("--project", default="6c1f0b7e-0000-4000-8000-000000000001", help="the project's id")
    add("--environment", default="6c1f0b7e-0000-4000-8000-000000000002", help="its environment's")
    add("--service", default="6c1f0b7e-0000-4000-8000-000000000003", help="its service's")
    add("--token", default="account-standin", help="the account token that is accepted")
    add("--project-token", default="project-standin", help="the project token that is accepted")
    add("--variable", action="append", default=[], help="NAME=VALUE, as it is stored at first")
    add("--live", action="store_true", help="deploy once before the first request")
    add("--pace", type=float, default=0.5, help="seconds that a phase of a deployment takes")
    add("--patience", type=float, default=60, help="seconds to get healthy; Railway: 300")
    add("--port", type=int, default=0, help="the port of the API; 0 takes a free one")
    add("--front-port", type=int, default=0, help="the port of the service; 0 takes a free one")
    options = parser.parse_args()
    front = Front(options.front_port)
    railway = Railway(options, front)
    if options.live:
        railway.service.begin({}, wait=True)
    run(
        railway,
        options.port,
        front,
        project=options.project,
        environment=options.environment,
        service=options.service,
    )


if __name__ == "__main__":
    main()
