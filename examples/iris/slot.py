"""Which version to serve, and how to get it from the registry."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import mlflow.artifacts
import mlflow.sklearn
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient
from sklearn.pipeline import Pipeline

# A registry that is down is noticed in seconds; MLflow's own defaults keep trying for minutes.
os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1")
os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "10")


class NoSuchVersion(Exception):
    """The registry answered, and has nothing to serve."""


@dataclass(frozen=True)
class Slot:
    """What says which version of a model to serve.

    A pinned version comes first, then an alias, then a stage. Only the last two can change while
    the service runs.
    """

    model_name: str
    version: str | None = None
    alias: str | None = None
    stage: str = "Production"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Slot:
        """Reads MODEL_NAME, MODEL_VERSION, MODEL_ALIAS and MODEL_STAGE; empty means not set."""
        return cls(
            model_name=environment.get("MODEL_NAME") or "iris",
            version=environment.get("MODEL_VERSION") or None,
            alias=environment.get("MODEL_ALIAS") or None,
            stage=environment.get("MODEL_STAGE") or "Production",
        )

    @property
    def is_pinned(self) -> bool:
        return self.version is not None

    def __str__(self) -> str:
        if self.version is not None:
            return f"version {self.version} of {self.model_name}"
        if self.alias is not None:
            return f"alias {self.alias} of {self.model_name}"
        return f"stage {self.stage} of {self.model_name}"


@dataclass(frozen=True)
class LoadedModel:
    """A version in memory, with what is known of the file it came from."""

    name: str
    version: str
    pipeline: Pipeline
    path: Path
    size_bytes: int
    last_modified: datetime

    @property
    def classes(self) -> list[str]:
        return [str(name) for name in self.pipeline.classes_]


class Registry:
    """The part of MLflow's model registry that a service needs.

    The server is the one MLFLOW_TRACKING_URI names, with MLflow's own variables for credentials.
    """

    def __init__(self) -> None:
        self._client = MlflowClient()

    def current_version(self, slot: Slot) -> str:
        """The version in the slot now. Raises NoSuchVersion when there is none."""
        if slot.version is not None:
            return slot.version
        if slot.alias is not None:
            return self._version_with_alias(slot.model_name, slot.alias)
        quoted_name = slot.model_name.replace("'", "\\'")
        found = self._client.search_model_versions(f"name='{quoted_name}'")
        in_stage = [int(v.version) for v in found if v.current_stage == slot.stage]
        if not in_stage:
            raise NoSuchVersion(f"no version is in {slot}")
        # Two versions in one stage is an accident; MLflow's models:/ addresses take the highest.
        return str(max(in_stage))

    def load(self, model_name: str, version: str, folder: Path) -> LoadedModel:
        """Downloads a version into a folder and reads it."""
        address = f"models:/{model_name}/{version}"
        root = Path(mlflow.artifacts.download_artifacts(address, dst_path=str(folder)))
        pipeline = mlflow.sklearn.load_model(str(root))
        path = _model_file(root)
        status = path.stat()
        return LoadedModel(
            name=model_name,
            version=version,
            pipeline=pipeline,
            path=path,
            size_bytes=status.st_size,
            last_modified=datetime.fromtimestamp(status.st_mtime, UTC),
        )

    def _version_with_alias(self, model_name: str, alias: str) -> str:
        try:
            return str(self._client.get_model_version_by_alias(model_name, alias).version)
        except MlflowException as error:
            # A missing alias is a 400 on MLflow, not a 404; only its text tells.
            if "alias" in str(error) and "not found" in str(error):
                raise NoSuchVersion(f"no version has alias {alias} of {model_name}") from error
            raise


def _model_file(root: Path) -> Path:
    """The serialised model itself: MLflow 3 writes model.skops, MLflow 2 model.pkl."""
    found = sorted(root.glob("model.skops")) or sorted(root.glob("model.pkl"))
    if not found:
        raise NoSuchVersion(f"{root.name} holds no model.skops and no model.pkl")
    return found[0]
