"""A real MLflow registry in SQLite, filled once by train.py, that the tests share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import mlflow
import pytest
from fastapi.testclient import TestClient
from mlflow.tracking import MlflowClient

import train
from service import create_app

Serve = Callable[..., TestClient]


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> MlflowClient:
    """Versions 1, 2 and 3 of iris, all outside any stage."""
    folder: Path = tmp_path_factory.mktemp("registry")
    mlflow.set_tracking_uri(f"sqlite:///{folder / 'mlflow.sqlite'}")
    mlflow.create_experiment("iris", artifact_location=str(folder / "artifacts"))
    train.main(["--shuffled-labels"])
    return MlflowClient()


@pytest.fixture
def empty_slots(registry: MlflowClient) -> MlflowClient:
    """The registry with every stage and alias of iris empty."""
    for version in ("1", "2", "3"):
        registry.transition_model_version_stage("iris", version, "None")
    registry.delete_registered_model_alias("iris", "champion")
    return registry


@pytest.fixture
def serve(empty_slots: MlflowClient) -> Iterator[Serve]:  # noqa: ARG001
    """Starts services as a process with these variables would, and stops them afterwards.

    They do not poll by themselves unless told to, so a test says when a slot is looked at.
    """
    clients: list[TestClient] = []

    def start(*, loads: bool = True, **variables: str) -> TestClient:
        app = create_app({"MODEL_POLL_SECONDS": "3600"} | variables)
        client = TestClient(app, raise_server_exceptions=False)
        client.__enter__()
        clients.append(client)
        if loads:
            wait_until(lambda: client.get("/health").status_code == 200)
        return client

    yield start
    for client in clients:
        client.__exit__(None, None, None)


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not become true in time"
        time.sleep(0.02)


def move(registry: MlflowClient, version: str) -> None:
    registry.transition_model_version_stage(
        "iris", version, "Production", archive_existing_versions=True
    )
