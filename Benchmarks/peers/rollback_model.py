#!/usr/bin/env python3
"""Goes back to an earlier model version in the way teams usually do it: the benchmark's peer.

    MLFLOW_TRACKING_URI=http://127.0.0.1:5000 python rollback_model.py 1

A service reads its model from FOLDER/best_model. This downloads the wanted version, sees that it
loads, keeps a copy of the old model beside it, swaps the two and moves the registry's stage. It is
written as plainly as such scripts are and does nothing slow on purpose: MLflow's client and its
default retries are what they are. It does not ask whether the version is any good, nor look at
the running service afterwards.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from pathlib import Path

# MLflow warns on every stage transition that stages are deprecated.
warnings.filterwarnings("ignore", category=FutureWarning)

import mlflow.artifacts  # noqa: E402
import mlflow.sklearn  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402


def main() -> int:
    options = parsed()
    options.folder.mkdir(parents=True, exist_ok=True)
    client = MlflowClient()
    before = client.get_model_version(options.model, options.version).current_stage
    # On the same file system as the destination, so that the swap is a rename.
    with tempfile.TemporaryDirectory(dir=options.folder, prefix=".incoming-") as incoming:
        address = f"models:/{options.model}/{options.version}"
        destination = Path(incoming) / "model"
        destination.mkdir()
        downloaded = Path(mlflow.artifacts.download_artifacts(address, dst_path=str(destination)))
        mlflow.sklearn.load_model(str(downloaded))
        backup = swap(downloaded, options.folder)
    client.transition_model_version_stage(
        options.model, options.version, options.stage, archive_existing_versions=True
    )
    print(f"{options.model}: version {options.version} moved from {before} to {options.stage}")
    if backup is not None:
        print(f"the model before it is kept in {backup}")
    return 0


def swap(downloaded: Path, folder: Path) -> Path | None:
    """Puts a downloaded model in place; where the old one went, if there was one."""
    current = folder / "best_model"
    backup = None
    if current.exists():
        backup = folder / f"backup-{time.time_ns()}"
        current.rename(backup)
    downloaded.rename(current)
    return backup


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Roll a model back to an earlier version.")
    parser.add_argument("version", help="registry version to go back to")
    parser.add_argument("--model", default="iris", help="registered model (default: iris)")
    parser.add_argument("--stage", default="Production", help="stage (default: Production)")
    parser.add_argument(
        "--folder", type=Path, default=Path("models"), help="model folder (default: models)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
