"""Keeps the model that a slot names in memory, and follows the slot when it moves."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from pathlib import Path

from slot import LoadedModel, NoSuchVersion, Registry, Slot

log = logging.getLogger("iris.serving")


class PinnedVersion(Exception):
    """There is no slot to follow: the version was fixed when the process started."""


def describe(error: Exception) -> str:
    """What anyone may read. MLflow's own words name internal addresses and stay in the log."""
    if isinstance(error, NoSuchVersion):
        return str(error)
    return f"the registry or the model cannot be read ({type(error).__name__}, see the log)"


class Follower:
    """Serves one model at a time and replaces it in place.

    A new version is loaded beside the old one and then takes its place in one assignment, so a
    request sees one version from beginning to end. When the registry cannot be reached or the slot
    is empty, the model in memory goes on serving.
    """

    def __init__(self, slot: Slot, registry: Registry, poll_seconds: float) -> None:
        self.slot = slot
        self._registry = registry
        self._poll_seconds = poll_seconds
        self._folder = Path(tempfile.mkdtemp(prefix="iris-model-"))
        self._refreshing = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="follow-slot", daemon=True)
        self._model: LoadedModel | None = None
        self._problem: str | None = "the model is being loaded"

    @property
    def model(self) -> LoadedModel | None:
        """The model to answer with; None until the first one is loaded."""
        return self._model

    @property
    def problem(self) -> str | None:
        """Why the last look at the slot gave no model; None when it did."""
        return self._problem

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        # A thread that waits for the registry is a daemon: the process does not wait for it.
        self._thread.join(timeout=1)
        shutil.rmtree(self._folder, ignore_errors=True)

    def reload(self) -> bool:
        """Looks at the slot now; whether another version is served afterwards."""
        if self.slot.is_pinned and self._model is not None:
            raise PinnedVersion(f"MODEL_VERSION pins {self.slot}")
        return self._refresh()

    def _refresh(self) -> bool:
        with self._refreshing:
            try:
                version = self._registry.current_version(self.slot)
                before = self._model
                if before is not None and before.version == version:
                    self._problem = None
                    return False
                self._model = self._load(version)
                self._problem = None
            except Exception as error:
                self._problem = describe(error)
                raise
            if before is not None:
                shutil.rmtree(self._folder / before.version, ignore_errors=True)
            log.info("serving version %s of %s", version, self.slot.model_name)
            return True

    def _load(self, version: str) -> LoadedModel:
        folder = self._folder / version
        folder.mkdir(exist_ok=True)
        return self._registry.load(self.slot.model_name, version, folder)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                self._refresh()
            except Exception as error:
                # Whatever is wrong with the registry or a model, looking again is the remedy.
                log.warning("%s: %s", self.slot, error)
            if self.slot.is_pinned and self._model is not None:
                return
            self._stopping.wait(self._poll_seconds)
