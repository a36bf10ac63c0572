#!/usr/bin/env python3
"""Trains the demo's three iris models and writes them as JSON for SampleService.

    $(Scripts/python-env.sh mlflow3)/bin/python Scripts/export-demo-models.py           # write
    $(Scripts/python-env.sh mlflow3)/bin/python Scripts/export-demo-models.py --check   # compare

The files are committed, so the demo needs no Python. They are the same bytes on every run:
`--check` trains again and fails when a file in demo/ differs, or its copy that the program carries.
demo/README.md describes the format.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "examples" / "iris"))

from data import FEATURE_NAMES, Rows, load_split  # noqa: E402
from models import Candidate, logistic_regression, measure, shuffled_labels, tuned_svm  # noqa: E402

# Fitting may differ in the last bits between processors; fewer digits leave those out.
SIGNIFICANT_DIGITS = 10
CHECKS_PER_CLASS = 3

DEMO = ROOT / "demo"
# SwiftPM puts only files of a target's own folder into a program. They are copies, for a link is
# lost on some ways that a project takes.
CARRIED = ROOT / "Sources" / "ReleaseCLI" / "Demo" / "Files"


def main() -> int:
    parser = argparse.ArgumentParser(description="Export the demo's iris models as JSON.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a difference")
    parser.add_argument("--output", type=Path, default=DEMO, help="folder (default: demo)")
    arguments = parser.parse_args()

    files = export()
    folders = {arguments.output: files}
    if arguments.output == DEMO:
        folders[CARRIED] = carried(files)
    if arguments.check:
        return max(report_differences(files, folder) for folder, files in folders.items())
    for folder, files in folders.items():
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 0


def carried(files: dict[str, str]) -> dict[str, str]:
    """The same files by the names that they have in the program."""
    return {name.replace("models/", "model"): text for name, text in files.items()}


def export() -> dict[str, str]:
    """Every file of the demo by its path under demo/."""
    split = load_split()
    candidates = [
        make(split.training) for make in (logistic_regression, tuned_svm, shuffled_labels)
    ]
    files = {
        f"models/{version}.json": document_text(candidate, split.held_out)
        for version, candidate in enumerate(candidates, start=1)
    }
    files["holdout.csv"] = split.held_out.as_csv()
    return files


def report_differences(files: dict[str, str], folder: Path) -> int:
    differing = [
        name
        for name, text in files.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    for name in differing:
        print(f"{folder / name} is not what training gives; run this without --check")
    return 1 if differing else 0


def document_text(candidate: Candidate, held_out: Rows) -> str:
    document = describe(candidate.pipeline)
    ensure_faithful(document, candidate.pipeline, held_out)
    document["name"] = candidate.name
    document["metrics"] = {
        name: rounded(value) for name, value in measure(candidate.pipeline, held_out).items()
    }
    document["checks"] = checks(candidate.pipeline, held_out)
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def describe(pipeline: Pipeline) -> dict[str, Any]:
    """The numbers a fitted pipeline decides with."""
    scaler, classifier = pipeline.named_steps["scaler"], pipeline.named_steps["classifier"]
    document: dict[str, Any] = {
        "format": "release-demo-model/1",
        "feature_names": list(FEATURE_NAMES),
        "classes": [str(name) for name in classifier.classes_],
        "scaler": {"mean": numbers(scaler.mean_), "scale": numbers(scaler.scale_)},
        "intercepts": numbers(classifier.intercept_),
    }
    if isinstance(classifier, LogisticRegression):
        return document | {
            "kind": "logistic-regression",
            "coefficients": [numbers(row) for row in classifier.coef_],
        }
    return document | {
        "kind": "svc-rbf",
        "gamma": rounded(classifier.gamma),
        "support_vectors": [numbers(row) for row in classifier.support_vectors_],
        "n_support": [int(count) for count in classifier.n_support_],
        "dual_coefficients": [numbers(row) for row in classifier.dual_coef_],
    }


def checks(pipeline: Pipeline, rows: Rows) -> list[dict[str, Any]]:
    """A few rows of each true class with the class that scikit-learn predicts for them."""
    predicted = pipeline.predict(rows.features)
    chosen = [
        index
        for species in np.unique(rows.labels)
        for index in np.flatnonzero(rows.labels == species)[:CHECKS_PER_CLASS]
    ]
    return [
        {"features": numbers(rows.features[index]), "class": str(predicted[index])}
        for index in chosen
    ]


def ensure_faithful(document: dict[str, Any], pipeline: Pipeline, rows: Rows) -> None:
    """Refuses to export numbers that would not decide as scikit-learn does."""
    expected = [str(name) for name in pipeline.predict(rows.features)]
    actual = [classify(document, features) for features in rows.features]
    if actual != expected:
        raise SystemExit(f"the exported {document['kind']} does not decide as scikit-learn does")


def classify(document: dict[str, Any], features: Iterable[float]) -> str:
    """The class a document gives a row: the reference for any other reader of the format."""
    scaler = document["scaler"]
    scaled = (np.array(list(features)) - scaler["mean"]) / np.array(scaler["scale"])
    if document["kind"] == "logistic-regression":
        scores = np.array(document["coefficients"]) @ scaled + np.array(document["intercepts"])
    else:
        scores = one_against_one_votes(document, scaled)
    return str(document["classes"][int(np.argmax(scores))])


def one_against_one_votes(document: dict[str, Any], scaled: Any) -> Any:
    """The votes each class wins in its duels with every other class, as libsvm counts them."""
    distances = ((np.array(document["support_vectors"]) - scaled) ** 2).sum(axis=1)
    kernel = np.exp(-document["gamma"] * distances)
    weighted = np.array(document["dual_coefficients"]) * kernel
    ends = np.cumsum(document["n_support"])
    of_class = [
        slice(end - count, end) for end, count in zip(ends, document["n_support"], strict=True)
    ]
    votes = np.zeros(len(of_class), dtype=int)
    intercepts = iter(document["intercepts"])
    for first in range(len(of_class)):
        for second in range(first + 1, len(of_class)):
            decision = weighted[second - 1, of_class[first]].sum()
            decision += weighted[first, of_class[second]].sum() + next(intercepts)
            votes[first if decision > 0 else second] += 1
    return votes


def numbers(values: Iterable[float]) -> list[float]:
    return [rounded(value) for value in values]


def rounded(value: float) -> float:
    return float(f"{float(value):.{SIGNIFICANT_DIGITS}g}") + 0.0  # + 0.0 makes -0.0 a plain 0.0


if __name__ == "__main__":
    sys.exit(main())
