"""The three models of the example: two that are honest attempts and one that is broken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from data import SPLIT_SEED, Rows

SVM_GRID = {"classifier__C": [0.1, 1, 10, 100], "classifier__gamma": [0.01, 0.1, 0.3, 1.0]}


@dataclass(frozen=True)
class Candidate:
    """A fitted model with what is worth recording about how it came to be."""

    name: str
    pipeline: Pipeline
    params: dict[str, str | float]


def logistic_regression(training: Rows) -> Candidate:
    """Version 1: a scaled logistic regression with scikit-learn's own defaults."""
    pipeline = _scaled(LogisticRegression(max_iter=500)).fit(training.features, training.labels)
    return Candidate("logistic-regression", pipeline, {"C": 1.0})


def tuned_svm(training: Rows) -> Candidate:
    """Version 2: an RBF support vector machine, tuned by cross-validation on training rows."""
    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=SPLIT_SEED)
    search = GridSearchCV(_scaled(SVC(kernel="rbf")), SVM_GRID, cv=folds)
    search.fit(training.features, training.labels)
    params = {key.removeprefix("classifier__"): value for key, value in search.best_params_.items()}
    params["cv_accuracy"] = round(float(search.best_score_), 4)
    return Candidate("tuned-svm", search.best_estimator_, params)


def shuffled_labels(training: Rows) -> Candidate:
    """Version 3: version 1's recipe on labels in random order, a plausible pipeline mistake.

    It loads, answers quickly and reports itself healthy. Only labelled rows give it away.
    """
    labels = np.random.default_rng(SPLIT_SEED).permutation(training.labels)
    fitted = logistic_regression(Rows(training.features, labels))
    return Candidate("shuffled-labels", fitted.pipeline, fitted.params)


def measure(pipeline: Pipeline, rows: Rows) -> dict[str, float]:
    """The metrics of a model on rows it was not fitted on."""
    predicted = pipeline.predict(rows.features)
    return {
        "accuracy": float(accuracy_score(rows.labels, predicted)),
        "f1_macro": float(f1_score(rows.labels, predicted, average="macro")),
    }


def _scaled(classifier: LogisticRegression | SVC) -> Pipeline:
    return Pipeline([("scaler", StandardScaler()), ("classifier", classifier)])
