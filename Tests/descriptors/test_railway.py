"""railway.json while Railway reads it, and .railway/railway.ts, which takes its place."""

from __future__ import annotations

import re

import pytest

from project import ROOT, VARIABLE, VENDORS_SCHEMAS, document, health_paths, run_tool, text

SCHEMA = VENDORS_SCHEMAS / "derived" / "railway-json.derived.schema.json"
SUCCESSOR = ".railway/railway.ts"


@pytest.mark.skipif(not SCHEMA.exists(), reason="the vendor's field tables are not here")
def test_has_only_fields_that_railway_documents() -> None:
    assert run_tool("check-jsonschema", "--schemafile", str(SCHEMA), "railway.json") == ""


def test_checks_the_api_where_the_environments_do() -> None:
    deploy = document("railway.json")["deploy"]
    assert {deploy["healthcheckPath"]} == health_paths()
    # The model is downloaded and loaded first.
    assert deploy["healthcheckTimeout"] >= 300


def test_builds_the_api_and_not_the_controller_whose_dockerfile_lies_at_the_top() -> None:
    build = document("railway.json")["build"]
    assert build["builder"] == "DOCKERFILE"
    assert (ROOT / build["dockerfilePath"]).is_file()
    assert "iris" in build["dockerfilePath"]


def test_a_commit_of_release_builds_nothing() -> None:
    assert document("railway.json")["build"]["watchPatterns"] == ["examples/iris/**"]


def test_a_request_in_flight_is_answered_before_the_old_version_stops() -> None:
    deploy = document("railway.json")["deploy"]
    assert int(deploy["overlapSeconds"]) > 0
    assert int(deploy["drainingSeconds"]) > 0


def test_the_successor_leaves_the_version_alone() -> None:
    lines = [line.strip() for line in text(SUCCESSOR).splitlines()]
    named = [line for line in lines if line.startswith(VARIABLE)]
    assert named == [f"{VARIABLE}: preserve(),"]


def test_the_successor_says_the_same_and_says_until_when() -> None:
    successor = text(SUCCESSOR)
    old = document("railway.json")
    assert f'healthcheck: "{old["deploy"]["healthcheckPath"]}"' in successor
    assert f"healthcheckTimeout: {old['deploy']['healthcheckTimeout']}" in successor
    assert f'RAILWAY_DOCKERFILE_PATH: "{old["build"]["dockerfilePath"]}"' in successor
    assert "2026-12-01" in successor


def test_the_successor_imports_what_it_uses_and_nothing_else() -> None:
    block = re.search(r"import \{(.*?)\} from \"railway/iac\";", text(SUCCESSOR), re.DOTALL)
    assert block
    code = text(SUCCESSOR)[block.end() :]
    names = {name.strip() for name in block.group(1).split(",") if name.strip()}
    called = set(re.findall(r"(?<![.\w])([a-zA-Z]+)\(", code))
    assert called == names


def test_the_successor_declares_no_secret() -> None:
    for key, value in re.findall(r"^\s+([A-Z_]+): (.*),$", text(SUCCESSOR), re.MULTILINE):
        if key.endswith(("_KEY", "_TOKEN", "_PASSWORD", "_USERNAME", "_URI")):
            assert value == "preserve()"
