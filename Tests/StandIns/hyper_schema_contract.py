"""Checks requests and replies against a vendor's JSON hyper-schema."""

from __future__ import annotations

import json
import re
from typing import Any

from jsonschema import Draft4Validator  # type: ignore[import-untyped,import-not-found,unused-ignore]

from standin import Reply, Request, schema_file

#: A variable part of a link's address: `{(%23%2Fdefinitions%2Fapp%2Fdefinitions%2Fidentity)}`.
VARIABLE = re.compile(r"\{[^}]*\}")


class HyperSchemaContract:
    """The vendor's hyper-schema: which links there are, what they take, and what they give."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.definitions: dict[str, Any] = document["definitions"]
        self.links = [
            (link["method"], self.pattern(link["href"]), link, resource)
            for resource in self.definitions.values()
            for link in resource.get("links", [])
        ]

    @classmethod
    def at_hand(cls, name: str) -> HyperSchemaContract | None:
        """The contract; None where its file is not at hand."""
        path = schema_file(name)
        return None if path is None else cls(json.loads(path.read_text()))

    @staticmethod
    def pattern(href: str) -> re.Pattern[str]:
        parts = [re.escape(part) for part in VARIABLE.split(href)]
        return re.compile("[^/]+".join(parts) + "$")

    def breaches(self, request: Request, reply: Reply | None) -> list[str]:
        """What of a request (reply None), or of its reply, the hyper-schema does not allow."""
        found = [
            (link, resource)
            for method, pattern, link, resource in self.links
            if method == request.method and pattern.match(request.path)
        ]
        if not found:
            return ["no link of the hyper-schema leads there"]
        if reply is None:
            attempts = [self.wrong_with_request(request, link) for link, _ in found]
        elif reply.status >= 300 or reply.body is None:
            return []
        else:
            attempts = [
                self.wrong_with_reply(reply.body, link, resource) for link, resource in found
            ]
        # Two links may share an address; what fits one of them is right.
        return min(attempts, key=len)

    def wrong_with_request(self, request: Request, link: dict[str, Any]) -> list[str]:
        schema = link.get("schema")
        if request.method in ("GET", "DELETE"):
            return ["a body, where none belongs"] if request.body else []
        if schema is None:
            return []
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return ["the body is not declared as JSON"]
        return self.wrong(request.json, schema)

    def wrong_with_reply(
        self, body: Any, link: dict[str, Any], resource: dict[str, Any]
    ) -> list[str]:
        schema = link.get("targetSchema")
        wrong = [] if schema is None else self.wrong(body, schema)
        # Nothing is marked as required there, but the vendor always sends every property.
        promised = {
            name
            for name, value in resource.get("properties", {}).items()
            if not self.resolved(value).get("deprecated")
        }
        for item in body if isinstance(body, list) else [body]:
            if isinstance(item, dict) and link.get("rel") in ("self", "instances", "create"):
                wrong += [f"{name} is missing" for name in sorted(promised - item.keys())]
        return wrong

    def wrong(self, instance: Any, schema: dict[str, Any]) -> list[str]:
        validator = Draft4Validator({"allOf": [schema], "definitions": self.definitions})
        return [
            f"{'/'.join(str(part) for part in error.absolute_path)}: {error.message}"
            for error in validator.iter_errors(instance)
        ]

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        node: Any = {"definitions": self.definitions}
        if "$ref" not in schema:
            return schema
        for part in schema["$ref"].removeprefix("#/").split("/"):
            node = node[part]
        return dict(node)
