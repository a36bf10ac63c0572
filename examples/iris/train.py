"""Trains the iris models, logs them to MLflow and registers them as versions of one model.

    MLFLOW_TRACKING_URI=http://127.0.0.1:5000 python train.py [--shuffled-labels]

On an empty registry this makes version 1 (logistic regression) and version 2 (tuned SVM), and with
--shuffled-labels version 3, a broken model for trying out gates and rollback. Every run logs its
metrics on the held-out rows as they are, those of version 3 too: an environment with an `offline`
gate refuses it before anything is deployed, one without finds out from live traffic.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import mlflow
import mlflow.sklearn
import numpy as np
import sklearn
from mlflow.models import infer_signature

from data import Split, load_split
from models import Candidate, logistic_regression, measure, shuffled_labels, tuned_svm


def main(arguments: Sequence[str] | None = None) -> None:
    options = parsed(arguments)
    split = load_split()
    makers = [logistic_regression, tuned_svm]
    if options.shuffled_labels:
        makers.append(shuffled_labels)
    mlflow.set_experiment(options.experiment)
    for make in makers:
        candidate = make(split.training)
        version, accuracy = register(candidate, split, options.model_name)
        print(f"{options.model_name} version {version}: {candidate.name}, accuracy {accuracy:.3f}")


def register(candidate: Candidate, split: Split, model_name: str) -> tuple[str, float]:
    """Logs one run and registers its model; the version's number and its held-out accuracy."""
    metrics = measure(candidate.pipeline, split.held_out)
    with mlflow.start_run(run_name=candidate.name):
        mlflow.log_params(candidate.params)
        mlflow.log_params(
            {
                "model": candidate.name,
                "training_rows": len(split.training.labels),
                "training_data_digest": split.training.digest,
                "held_out_data_digest": split.held_out.digest,
            }
        )
        mlflow.log_metrics(metrics)
        # MLflow 3 renamed this argument and warns about the old name.
        is_mlflow_2 = mlflow.__version__.startswith("2.")
        info = mlflow.sklearn.log_model(
            candidate.pipeline,
            **{"artifact_path" if is_mlflow_2 else "name": "model"},
            signature=infer_signature(split.training.features, split.training.labels),
            # Named here because MLflow's own search for them loads the model in another process.
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"numpy=={np.__version__}"],
            registered_model_name=model_name,
        )
    return str(info.registered_model_version), metrics["accuracy"]


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the iris models and register them.")
    parser.add_argument("--model-name", default="iris", help="registered model (default: iris)")
    parser.add_argument("--experiment", default="iris", help="experiment (default: iris)")
    parser.add_argument(
        "--shuffled-labels",
        action="store_true",
        help="also register a model that was trained on labels in random order",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
