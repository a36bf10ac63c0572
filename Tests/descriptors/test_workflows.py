"""The workflows, the action and the GitLab example: by their schemas, and by what they may do."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from project import ROOT, VENDORS_SCHEMAS, document, run_tool, text

ACTION = ".github/actions/release/action.yml"
WORKFLOWS = [
    f".github/workflows/{path.name}" for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
]
GITLAB_PAGE = "docs/ci-gitlab.md"
GITHUB_PAGE = "docs/ci-github.md"
PERMISSIONS = {
    "ci": {"contents": "read"},
    "promote": {"contents": "read"},
    "reconcile": {"contents": "write"},
}


def steps(path: str) -> Iterator[dict[str, Any]]:
    content = document(path)
    for job in content["jobs"].values() if "jobs" in content else [content["runs"]]:
        yield from job["steps"]


def blocks(page: str) -> list[str]:
    """The YAML that a page shows."""
    return re.findall(r"^```yaml\n(.*?)^```$", text(page), re.DOTALL | re.MULTILINE)


def test_there_are_the_three_workflows() -> None:
    assert [document(path)["name"] for path in WORKFLOWS] == ["ci", "promote", "reconcile"]


@pytest.mark.parametrize("path", WORKFLOWS)
def test_a_workflow_follows_the_published_schema(path: str) -> None:
    assert run_tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", path) == ""


def test_the_action_follows_the_published_schema() -> None:
    assert run_tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", ACTION) == ""


@pytest.mark.parametrize(
    ("path", "schema"),
    [(path, "github-workflow.json") for path in WORKFLOWS] + [(ACTION, "github-action.json")],
)
def test_and_the_newest_one_that_is_here(path: str, schema: str) -> None:
    file = VENDORS_SCHEMAS / schema
    if not file.exists():
        pytest.skip("the vendor's schema is not here")
    assert run_tool("check-jsonschema", "--schemafile", str(file), path) == ""


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION])
def test_shellcheck_finds_nothing_in_what_is_run(path: str) -> None:
    for step in steps(path):
        if "run" in step:
            assert run_tool("shellcheck", "--shell=bash", "-", stdin=step["run"]) == ""


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION])
def test_nothing_from_outside_becomes_part_of_a_script(path: str) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION])
def test_every_action_of_others_is_of_a_named_version(path: str) -> None:
    for step in steps(path):
        if "uses" in step and not step["uses"].startswith("./"):
            assert re.fullmatch(r"actions/[a-z-]+@v[0-9]+", step["uses"])


@pytest.mark.parametrize("path", WORKFLOWS)
def test_a_workflow_may_do_no_more_than_it_needs(path: str) -> None:
    workflow = document(path)
    assert workflow["permissions"] == PERMISSIONS[workflow["name"]]
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 90
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


def test_only_the_job_that_promotes_may_write() -> None:
    jobs = document(".github/workflows/promote.yml")["jobs"]
    assert "permissions" not in jobs["order"]
    assert jobs["promote"]["permissions"] == {"contents": "write"}


def test_reconciling_is_scheduled_and_never_cut_off() -> None:
    workflow = document(".github/workflows/reconcile.yml")
    assert workflow["on"]["schedule"] == [{"cron": "3-59/5 * * * *"}]
    assert workflow["concurrency"]["cancel-in-progress"] is False


@pytest.mark.parametrize("name", ["promote", "reconcile"])
def test_a_release_has_the_whole_history_and_time_enough(name: str) -> None:
    path = f".github/workflows/{name}.yml"
    (checkout,) = [step for step in steps(path) if "checkout" in step.get("uses", "")]
    assert checkout["with"]["fetch-depth"] == 0
    # `release` itself gives up after an hour, in good order.
    assert document(path)["jobs"][name]["timeout-minutes"] > 60


@pytest.mark.parametrize(
    ("tag", "order"),
    [
        ("iris/production/v3", ["iris", "production", "3"]),
        ("fraud/eu/production/v12", ["fraud", "eu/production", "12"]),
        ("iris/production/v0", None),
        ("iris/v3", None),
        ("v3", None),
        ("iris/production/v3\nversion=9", None),
    ],
)
def test_a_tag_says_what_to_promote(tag: str, order: list[str] | None, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    outputs.touch()
    (step,) = [step for step in steps(".github/workflows/promote.yml") if step.get("id") == "order"]
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={"PATH": os.environ["PATH"], "EVENT": "push", "TAG": tag, "GITHUB_OUTPUT": str(outputs)}
        | dict.fromkeys(("MODEL", "ENVIRONMENT", "VERSION"), ""),
        capture_output=True,
        text=True,
        check=False,
    )
    if order is None:
        assert done.returncode == 64
        assert done.stdout.startswith("::error title=")
        return
    assert done.returncode == 0
    names = ["model", "environment", "version"]
    lines = [f"{name}={value}" for name, value in zip(names, order, strict=True)]
    assert outputs.read_text().splitlines() == lines


@pytest.mark.parametrize("block", blocks(GITLAB_PAGE))
def test_the_gitlab_example_follows_the_published_schema(block: str, tmp_path: Path) -> None:
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(block)
    assert run_tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(file)) == ""


@pytest.mark.parametrize("block", blocks(GITLAB_PAGE))
def test_shellcheck_finds_nothing_in_the_gitlab_example(block: str) -> None:
    jobs = [job for job in yaml.safe_load(block).values() if isinstance(job, dict)]
    scripts = [job[key] for job in jobs for key in ("before_script", "script") if key in job]
    assert scripts
    for script in scripts:
        assert run_tool("shellcheck", "--shell=bash", "-", stdin="\n".join(script)) == ""


@pytest.mark.parametrize("block", blocks(GITHUB_PAGE))
def test_the_github_examples_follow_the_published_schema(block: str, tmp_path: Path) -> None:
    file = tmp_path / "workflow.yml"
    file.write_text(block)
    schema = ["--builtin-schema", "vendor.github-workflows"]
    assert run_tool("check-jsonschema", *schema, str(file)) == ""
    for job in yaml.safe_load(block)["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").endswith("/.github/actions/release@v0.1"):
                assert set(step["with"]) <= set(document(ACTION)["inputs"])


def test_the_page_lists_every_input_and_output_of_the_action() -> None:
    action = document(ACTION)
    for name in [*action["inputs"], *action["outputs"]]:
        assert f"| `{name}` |" in text(GITHUB_PAGE)
