"""Checks requests and replies against a vendor's OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from openapi_core import Config, OpenAPI  # type: ignore[import-not-found,unused-ignore]
from openapi_core.datatypes import RequestParameters  # type: ignore[import-not-found,unused-ignore]
from openapi_core.exceptions import OpenAPIError  # type: ignore[import-not-found,unused-ignore]
from werkzeug.datastructures import Headers, ImmutableMultiDict

from standin import Reply, Request, schema_file


@dataclass
class Asked:
    """A request as openapi-core wants it."""

    host_url: str
    path: str
    method: str
    body: bytes | None
    content_type: str
    parameters: Any


@dataclass
class Answered:
    """A reply as openapi-core wants it."""

    data: bytes
    status_code: int
    content_type: str
    headers: Any


class OpenAPIContract:
    """The contract; `mend` corrects the document where recorded traffic proves it wrong."""

    def __init__(self, document: dict[str, Any], mend: Callable[[dict[str, Any]], None]) -> None:
        mend(document)
        server = urlsplit(document["servers"][0]["url"])
        self.host = f"{server.scheme}://{server.netloc}"
        self.prefix = server.path.rstrip("/")
        self.paths: dict[str, Any] = document["paths"]
        self.components: dict[str, Any] = document["components"]
        self.openapi = OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))

    @classmethod
    def at_hand(cls, name: str, mend: Callable[[dict[str, Any]], None]) -> OpenAPIContract | None:
        """The contract in a schema file; None when there is none."""
        path = schema_file(name)
        return cls(json.loads(path.read_text()), mend) if path else None

    def breaches(self, request: Request, reply: Reply | None) -> list[str]:
        """What of the request, or of its reply, breaks the contract."""
        asked = Asked(
            self.host,
            self.prefix + request.path,
            request.method.lower(),
            request.body or None,
            request.headers.get("content-type", ""),
            RequestParameters(
                query=ImmutableMultiDict(
                    [(name, value) for name, values in request.query.items() for value in values]
                ),
                header=Headers(list(request.headers.items())),
            ),
        )
        try:
            if reply is None:
                self.openapi.validate_request(asked)
                return self.unknown_query(request)
            kind = "application/json" if reply.body is not None else ""
            headers = Headers(list(reply.headers.items()))
            self.openapi.validate_response(
                asked, Answered(reply.bytes, reply.status, kind, headers)
            )
        except OpenAPIError as error:
            side = "the request" if reply is None else f"the answer {reply.status}"
            return [f"{side}: {error}: {error.__cause__}"]
        return []

    def unknown_query(self, request: Request) -> list[str]:
        """Query items that the operation does not have; openapi-core lets them pass."""
        words = request.path.split("/")
        known: set[str] = set()
        for path, operations in self.paths.items():
            parts = path.split("/")
            operation = operations.get(request.method.lower())
            if operation is None or len(parts) != len(words):
                continue
            if all(p.startswith("{") or p == w for p, w in zip(parts, words, strict=True)):
                for item in operation.get("parameters", []):
                    reference = item.get("$ref", "").rsplit("/", 1)[-1]
                    known.add(self.components["parameters"].get(reference, item)["name"])
        return [f"unknown query item {name}" for name in request.query if name not in known]
