"""render.yaml: what Render makes of it, and what it must not do to a release."""

from __future__ import annotations

from typing import Any

import pytest

from project import ROOT, VARIABLE, VENDORS_SCHEMAS, document, health_paths, run_tool, text

SCHEMA = VENDORS_SCHEMAS / "derived" / "render-blueprint.derived.schema.json"


@pytest.fixture(name="services")
def services_by_name() -> dict[str, dict[str, Any]]:
    return {service["name"]: service for service in document("render.yaml")["services"]}


def variables(service: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {variable["key"]: variable for variable in service["envVars"]}


@pytest.mark.skipif(not SCHEMA.exists(), reason="the vendor's field tables are not here")
def test_has_only_fields_that_render_documents() -> None:
    assert run_tool("check-jsonschema", "--schemafile", str(SCHEMA), "render.yaml") == ""


def test_checks_the_api_where_the_environments_do(services: dict[str, dict[str, Any]]) -> None:
    api = services["iris-api"]
    assert api["type"] == "web"
    assert {api["healthCheckPath"]} == health_paths()


def test_a_sync_leaves_the_version_alone(services: dict[str, dict[str, Any]]) -> None:
    named = [variables(service).get(VARIABLE) for service in services.values()]
    assert [variable for variable in named if variable] == [{"key": VARIABLE, "sync": False}]


def test_a_push_starts_no_deploy_that_would_cancel_a_release(
    services: dict[str, dict[str, Any]],
) -> None:
    # Quoted: Render's reader is one of YAML 1.1, to which a bare off is false.
    assert services["iris-api"]["autoDeployTrigger"] == "off"
    assert 'autoDeployTrigger: "off"' in text("render.yaml")
    paths = services["release"]["buildFilter"]["paths"]
    assert not any(path.startswith("environments") or path == "**" for path in paths)


def test_the_api_is_built_and_started_in_its_folder(services: dict[str, dict[str, Any]]) -> None:
    api = services["iris-api"]
    folder = ROOT / api["rootDir"]
    assert (folder / api["buildCommand"].split()[-1]).is_file()
    assert api["startCommand"].startswith("uvicorn service:app ")
    assert api["startCommand"].endswith("--host 0.0.0.0 --port $PORT")
    assert (folder / "service.py").is_file()


def test_the_controller_keeps_its_state_on_its_disk(services: dict[str, dict[str, Any]]) -> None:
    controller = services["release"]
    assert controller["type"] == "worker"
    assert controller["dockerCommand"].startswith("release reconcile --every ")
    assert f"--state {controller['disk']['mountPath']}" in controller["dockerCommand"]
    assert "numInstances" not in controller
    assert (ROOT / controller["dockerfilePath"]).is_file()


def test_the_controller_finds_its_database(services: dict[str, dict[str, Any]]) -> None:
    source = variables(services["release"])["DATABASE_URL"]["fromDatabase"]
    names = [database["name"] for database in document("render.yaml")["databases"]]
    assert source == {"name": names[0], "property": "connectionString"}


def test_no_secret_has_a_value(services: dict[str, dict[str, Any]]) -> None:
    for service in services.values():
        for key, variable in variables(service).items():
            if key.endswith(("_KEY", "_TOKEN", "_PASSWORD", "_USERNAME", "_URI")):
                assert variable == {"key": key, "sync": False}
