"""A stand-in for Heroku's Platform API: one app, its config vars, releases and dynos, for real.

    python3 Tests/StandIns/heroku.py --start 'sample-service --port $PORT'

A new release stops the old dynos before it starts the new ones, as Heroku does without preboot.
What tests can order from it with POST /__control:

    {"phases": [{...}, ...]}  how the next release phases go, one after the other:
        {"waits": true, "fails": true, "output": "..."}
    {"go": true}              lets the release phases go on that wait
    {"push": "a1b2c3d"}       a push of code: a release that no API call asked for
    {"set": {"NAME": "..."}}  a person sets config vars
    {"rollback": 3}           a person rolls back to that release
    {"scale": {"web": 1, "worker": 2}}   how many dynos of each type are wanted
    {"maintenance": true}
    {"scopes": "read"}        what the token may do, as the header Oauth-Scope tells
    {"page": 2}               how many items a page of dynos has
    {"sleep": true}           the dynos go to sleep
    {"pace": 0.5}             how many seconds are from a dyno's end to its successor
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any

from heroku_app import App, Dyno, Release, now
from standin import Front, Reply, Request, Vendor, run

ACCEPT = "application/vnd.heroku+json; version=3"
APP_ID = "01234567-89ab-4def-8123-456789abcdef"
USER = {"id": "01234567-89ab-4def-8123-456789abcdee", "email": "someone@example.com"}
EPOCH = "2026-01-01T00:00:00Z"


def refusal(status: int, word: str, message: str) -> Reply:
    return Reply(status, {"id": word, "message": message})


class Text(Reply):
    """A reply of plain text."""

    @property
    def bytes(self) -> bytes:
        return str(self.body).encode()


class Heroku(Vendor):
    """One account with one app."""

    def __init__(self, options: argparse.Namespace, front: Front) -> None:
        self.options = options
        self.tokens = {options.token}
        self.contract = contract_at_hand()
        self.app = App(options, front)
        self.is_in_maintenance = False
        self.scopes = "global"
        self.page = 200
        self.left = 4500
        #: Where callers find this API, as they say themselves.
        self.host = ""

    # What Vendor asks

    @property
    def validates(self) -> bool:
        return self.contract is not None

    def breaches(self, request: Request, reply: Reply | None) -> list[str]:
        if self.contract is None or request.path.startswith("/streams/"):
            return []
        found: list[str] = self.contract.breaches(request, reply)
        return found

    def state(self) -> dict[str, Any]:
        with self.app.lock:
            return {
                "config": dict(self.app.config),
                "releases": [self.release_document(release) for release in self.app.releases],
                "dynos": [self.dyno_document(dyno) for dyno in self.app.dynos],
                "served": self.app.current.config if self.app.current else None,
            }

    def close(self) -> None:
        self.app.close()

    def order(self, order: dict[str, Any]) -> None:
        with self.app.lock:
            for name, value in order.items():
                match name:
                    case "phases":
                        self.app.phases = list(value)
                    case "go":
                        self.app.may_go.set()
                    case "pace":
                        self.options.pace = float(value)
                    case "push":
                        self.app.release(f"Deploy {value}")
                    case "set":
                        self.app.set(value)
                    case "rollback":
                        self.app.roll_back(next(r for r in self.app.releases if r.version == value))
                    case "scale":
                        self.app.wanted |= value
                        self.app.restart()
                    case "maintenance":
                        self.is_in_maintenance = bool(value)
                    case "scopes":
                        self.scopes = str(value)
                    case "page":
                        self.page = int(value)
                    case "sleep":
                        for dyno in self.app.dynos:
                            dyno.turn("idle")
                    case _:
                        raise ValueError(f"unknown order: {name}")

    # The API

    def answer(self, request: Request) -> Reply:
        self.host = request.headers.get("host", "")
        match request.path.strip("/").split("/"):
            case ["streams", name]:
                return self.stream(name)
        if request.headers.get("accept") != ACCEPT:
            return refusal(406, "not_acceptable", "The media type or version is not known.")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.tokens:
            return refusal(401, "unauthorized", "Invalid credentials provided.")
        with self.app.lock:
            if request.method != "GET" and not {"global", "write-protected"} & set(
                self.scopes.split()
            ):
                return refusal(403, "forbidden", "Your token's scope does not allow this.")
            self.left -= 1
            reply = self.route(request)
        headers = {"Oauth-Scope": self.scopes, "RateLimit-Remaining": str(self.left)}
        return Reply(reply.status, reply.body, headers | reply.headers)

    def route(self, request: Request) -> Reply:
        match request.method, request.path.strip("/").split("/"):
            case _, ["apps", app, *_] if app not in (self.options.app, APP_ID):
                return refusal(404, "not_found", "Couldn't find that app.")
            case "GET", ["apps", _]:
                return Reply(200, self.app_document())
            case "GET", ["apps", _, "config-vars"]:
                return Reply(200, dict(self.app.config))
            case "PATCH", ["apps", _, "config-vars"]:
                self.app.set(request.json)
                return Reply(200, dict(self.app.config))
            case "GET", ["apps", _, "releases"]:
                return self.listed_releases(request)
            case "GET", ["apps", _, "releases", name]:
                return self.found_release(name)
            case "POST", ["apps", _, "releases"]:
                return self.rolled_back(request.json)
            case "GET", ["apps", _, "formation"]:
                return Reply(
                    200, [self.formation_document(*item) for item in self.app.wanted.items()]
                )
            case "GET", ["apps", _, "dynos"]:
                return self.listed_dynos(request)
            case "DELETE", ["apps", _, "dynos"]:
                self.app.restart()
                return Reply(202, {})
        return refusal(404, "not_found", "The requested API endpoint was not found.")

    def stream(self, name: str) -> Reply:
        for release in self.app.releases:
            if release.id == name and "output" in release.phase:
                return Text(200, release.phase["output"], {"Content-Type": "text/plain"})
        return Text(404, "no such stream", {"Content-Type": "text/plain"})

    def listed_releases(self, request: Request) -> Reply:
        wanted = request.headers.get("range", "id ..")
        match = re.fullmatch(r"(id|version) \.\.(?:; ?(.*))?", wanted)
        if match is None:
            return refusal(416, "requested_range_not_satisfiable", "Invalid Range.")
        options = dict(part.split("=") for part in re.split(r", ?", match[2] or "") if part)
        rows = sorted(
            self.app.releases, key=lambda r: r.version, reverse=options.get("order") == "desc"
        )
        most = int(options.get("max", 200))
        page = [self.release_document(release) for release in rows[:most]]
        if len(rows) <= most:
            return Reply(200, page)
        bound = f"version ]{rows[most - 1].version}..; {match[2]}"
        return Reply(206, page, {"Next-Range": bound})

    def found_release(self, name: str) -> Reply:
        for release in self.app.releases:
            if name in (str(release.version), release.id):
                return Reply(200, self.release_document(release))
        return refusal(404, "not_found", "Couldn't find that release.")

    def rolled_back(self, body: dict[str, Any]) -> Reply:
        target = next((r for r in self.app.releases if r.id == body.get("release")), None)
        if target is None:
            return refusal(422, "invalid_params", "That release cannot be rolled back to.")
        return Reply(201, self.release_document(self.app.roll_back(target)))

    def listed_dynos(self, request: Request) -> Reply:
        wanted = request.headers.get("range", "name ..")
        match = re.fullmatch(r"name (?:\](\S+?))?\.\.", wanted)
        if match is None:
            return refusal(416, "requested_range_not_satisfiable", "Invalid Range.")
        rows = sorted(self.app.dynos, key=lambda dyno: f"{dyno.type}.{dyno.number:04d}")
        after = next((i + 1 for i, d in enumerate(rows) if d.id == match[1]), 0)
        page = rows[after : after + self.page]
        items = [self.dyno_document(dyno) for dyno in page]
        if after + len(page) == len(rows):
            return Reply(200, items)
        return Reply(206, items, {"Next-Range": f"name ]{page[-1].id}.."})

    # Documents

    def app_document(self) -> dict[str, Any]:
        name = self.options.app
        stack = {"id": "01234567-89ab-4def-8123-456789abc024", "name": "heroku-24"}
        return {
            "acm": False,
            "archived_at": None,
            "buildpack_provided_description": "Python",
            "build_stack": stack,
            "created_at": EPOCH,
            "generation": {"id": "01234567-89ab-4def-8123-456789abc0ce", "name": "cedar"},
            "git_url": f"https://git.heroku.com/{name}.git",
            "id": APP_ID,
            "internal_routing": False,
            "maintenance": self.is_in_maintenance,
            "name": name,
            "owner": USER,
            "organization": None,
            "team": None,
            "region": {"id": "01234567-89ab-4def-8123-456789abc0e0", "name": "eu"},
            "released_at": self.app.current.updated if self.app.current else None,
            "repo_size": 0,
            "slug_size": 0,
            "space": None,
            "stack": stack,
            "updated_at": now(),
            "web_url": f"https://{name}.herokuapp.com/",
        }

    def release_document(self, release: Release) -> dict[str, Any]:
        slug = {"id": "01234567-89ab-4def-8123-456789abc510"}
        has_output = "output" in release.phase
        return {
            "addon_plan_names": [],
            "artifacts": [{"type": "slug", "id": slug["id"]}],
            "app": {"name": self.options.app, "id": APP_ID},
            "created_at": release.created,
            "description": release.description,
            "id": release.id,
            "updated_at": release.updated,
            "slug": slug,
            "status": release.status,
            "user": USER,
            "version": release.version,
            "current": release is self.app.current,
            "output_stream_url": f"http://{self.host}/streams/{release.id}" if has_output else None,
            "eligible_for_rollback": release.status == "succeeded",
        }

    def dyno_document(self, dyno: Dyno) -> dict[str, Any]:
        return {
            "attach_url": None,
            "command": self.options.start,
            "created_at": dyno.created,
            "id": dyno.id,
            "name": f"{dyno.type}.{dyno.number}",
            "release": {"id": dyno.release.id, "version": dyno.release.version},
            "app": {"name": self.options.app, "id": APP_ID},
            "size": "standard-1X",
            "state": dyno.state,
            "type": dyno.type,
            "updated_at": dyno.updated,
        }

    def formation_document(self, kind: str, quantity: int) -> dict[str, Any]:
        size = {"id": "01234567-89ab-4def-8123-456789abc512", "name": "Standard-1X"}
        return {
            "app": {"name": self.options.app, "id": APP_ID},
            "command": self.options.start,
            "created_at": EPOCH,
            "dyno_size": size,
            "id": "01234567-89ab-4def-8123-456789abcf03",
            "quantity": quantity,
            "size": "standard-1X",
            "type": kind,
            "updated_at": EPOCH,
        }


def contract_at_hand() -> Any:
    """Heroku's hyper-schema; None where it, or what reads it, is not at hand."""
    try:
        from hyper_schema_contract import HyperSchemaContract
    except ImportError:
        return None
    return HyperSchemaContract.at_hand("heroku-platform-api-hyper-schema.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add: Callable[..., Any] = parser.add_argument
    add(
        "--start", required=True, help="the web line of the Procfile; a shell reads it, PORT is set"
    )
    add("--app", default="iris-standin", help="the app's name")
    add("--token", default="heroku-standin", help="the API key that is accepted")
    add("--variable", action="append", default=[], help="NAME=VALUE, as it is stored at first")
    add("--live", action="store_true", help="release once before the first request")
    add("--pace", type=float, default=0.5, help="seconds from a dyno's end to its successor")
    add("--patience", type=float, default=60, help="seconds to listen at PORT; Heroku: 60")
    add("--port", type=int, default=0, help="the port of the API; 0 takes a free one")
    add("--front-port", type=int, default=0, help="the port of the service; 0 takes a free one")
    options = parser.parse_args()
    front = Front(options.front_port)
    heroku = Heroku(options, front)
    if options.live:
        heroku.app.release("Deploy 0a1b2c3d", wait=True)
    run(heroku, options.port, front, app=options.app)


if __name__ == "__main__":
    main()
