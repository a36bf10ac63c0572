"""What the service counts, and the two formats it is read in."""

from __future__ import annotations

import re
import threading
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

TEXT_CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
VERSION_COUNT_MAX = 100
DURATION_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_BY_VERSION = ["model_version"]


class TooManyVersions(Exception):
    """Feedback names more versions than one process will count."""


class Meter:
    """Counters by model version; they start at zero with the process.

    The HTTP metrics count requests to /predict alone. Health checks and the reading of these
    numbers are no users, and would thin out an error rate or a latency.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._lock = threading.Lock()
        self._versions: set[str] = set()
        self.start_time = time.time()
        self._predictions = self._counter("model_predictions", "Rows predicted.")
        self._labelled = self._counter(
            "model_labelled", "Predicted rows whose true class has come in."
        )
        self._correct = self._counter("model_correct", "Labelled rows that were predicted right.")
        self._requests = self._counter("http_requests", "Requests to /predict.")
        self._errors = self._counter("http_errors", "Requests to /predict answered with a 5xx.")
        self._durations = Histogram(
            "http_request_duration_seconds",
            "Time to answer a request to /predict.",
            _BY_VERSION,
            buckets=DURATION_BUCKETS,
            registry=self._registry,
        )
        Gauge(
            "process_start_time_seconds",
            "Start of the process in seconds since 1970.",
            registry=self._registry,
        ).set(self.start_time)

    def begin(self, version: str) -> None:
        """Makes a version's counters appear, at zero: a count that starts later hides its start."""
        with self._lock:
            self._begin(version)

    def count_predictions(self, version: str, rows: int) -> None:
        with self._lock:
            self._begin(version)
            self._predictions.labels(version).inc(rows)

    def count_labels(self, version: str, labelled: int, correct: int) -> None:
        """Counts under the version that predicted, which may no longer be the one served."""
        with self._lock:
            if version not in self._versions and len(self._versions) >= VERSION_COUNT_MAX:
                raise TooManyVersions(f"this process already counts {VERSION_COUNT_MAX} versions")
            self._begin(version)
            self._labelled.labels(version).inc(labelled)
            self._correct.labels(version).inc(correct)

    def count_request(self, version: str, status: int, seconds: float) -> None:
        with self._lock:
            self._requests.labels(version).inc()
            self._errors.labels(version).inc(1 if status >= 500 else 0)
            self._durations.labels(version).observe(seconds)

    def text(self) -> bytes:
        """All counters of all versions in the Prometheus text format 0.0.4."""
        with self._lock:
            return generate_latest(self._registry)

    def numbers(self, version: str) -> dict[str, float]:
        """One version's counters under their Prometheus names.

        `model_accuracy` is left out until a row is labelled: no number says "not known".
        """
        with self._lock:
            names = (
                "model_predictions_total",
                "model_labelled_total",
                "model_correct_total",
                "http_requests_total",
                "http_errors_total",
            )
            numbers: dict[str, float] = {name: self._value(name, version) for name in names}
        if numbers["model_labelled_total"]:
            numbers["model_accuracy"] = (
                numbers["model_correct_total"] / numbers["model_labelled_total"]
            )
        return numbers

    def prediction_count(self) -> int:
        """Rows predicted by all versions since the process started."""
        with self._lock:
            return sum(self._value("model_predictions_total", v) for v in self._versions)

    def _counter(self, name: str, help_text: str) -> Counter:
        return Counter(name, help_text, _BY_VERSION, registry=self._registry)

    def _begin(self, version: str) -> None:
        if version not in self._versions:
            self._versions.add(version)
            for counter in (self._predictions, self._labelled, self._correct):
                counter.labels(version)
            for metric in (self._requests, self._errors, self._durations):
                metric.labels(version)

    def _value(self, name: str, version: str) -> int:
        return int(self._registry.get_sample_value(name, {"model_version": version}) or 0)


def prefers_text(accept: str | None) -> bool:
    """Whether an Accept header asks for Prometheus text rather than JSON.

    The range with the highest q decides, the first of equals; JSON when nothing is asked.
    """
    best_quality, text = 0.0, False
    for media_range in (accept or "").lower().split(","):
        media_type, *parameters = (part.strip() for part in media_range.split(";"))
        is_text = media_type in ("text/plain", "text/*", "application/openmetrics-text")
        if not is_text and media_type not in ("application/json", "application/*", "*/*"):
            continue
        if (quality := _quality(parameters)) > best_quality:
            best_quality, text = quality, is_text
    return text


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if match := re.fullmatch(r"q\s*=\s*([01](?:\.\d{0,3})?)", parameter):
            return float(match.group(1))
    return 1.0
