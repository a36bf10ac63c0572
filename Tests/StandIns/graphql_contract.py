"""Executes GraphQL operations against a vendor's published schema, so that wrong ones fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from graphql import (  # type: ignore[import-not-found,unused-ignore]
    GraphQLError,
    GraphQLSchema,
    build_client_schema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from standin import schema_file


class Refusal(Exception):
    """What the vendor says when it does not do what was asked."""


class GraphQLContract:
    """The vendor's schema, by which operations are read, and answers are put together."""

    def __init__(self, schema: GraphQLSchema, is_published: bool) -> None:
        self.schema = schema
        #: Whether the vendor published it; otherwise it is only what this project uses of it.
        self.is_published = is_published

    @classmethod
    def at_hand(cls, name: str) -> GraphQLContract | None:
        """The contract from an introspection of the vendor's schema; None where there is none."""
        path = schema_file(name)
        if path is None:
            return None
        document = json.loads(path.read_text())
        # What Railway publishes breaks a younger rule of graphql-core's, about deprecations.
        schema = build_client_schema(document.get("data", document), assume_valid=True)
        return cls(schema, True)

    @classmethod
    def of(cls, text: str) -> GraphQLContract:
        """The contract from a schema that is written down."""
        return cls(build_schema(text), False)

    def breaches(self, body: Any) -> list[str]:
        """What of an operation the schema does not allow."""
        if not isinstance(body, dict) or not isinstance(body.get("query"), str):
            return ["the body is no GraphQL operation"]
        try:
            return [str(error.message) for error in validate(self.schema, parse(body["query"]))]
        except GraphQLError as error:
            return [str(error.message)]

    def execute(self, body: dict[str, Any], root: Any) -> tuple[dict[str, Any], list[str]]:
        """The answer to an operation, and what of it the schema does not allow."""
        result = execute_sync(
            self.schema,
            parse(body["query"]),
            root_value=root,
            variable_values=body.get("variables"),
            operation_name=body.get("operationName"),
        )
        errors = result.errors or []
        breaches = [str(e.message) for e in errors if not isinstance(e.original_error, Refusal)]
        answer: dict[str, Any] = {"data": result.data}
        if errors:
            answer["errors"] = [
                {
                    "message": error.message,
                    "path": error.path,
                    "locations": [{"line": 1, "column": 1}],
                    "extensions": {"code": "INTERNAL_SERVER_ERROR"},
                }
                for error in errors
            ]
        return answer, breaches


def resolvers(**functions: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Root fields; what they refuse by raising Refusal stands in `errors`, with their path."""

    def without_info(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda _, **arguments: function(**arguments)

    return {name: without_info(function) for name, function in functions.items()}
