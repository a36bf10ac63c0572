from typing import Any

import mlflow
import pytest
from conftest import Serve, move, wait_until
from fastapi.testclient import TestClient
from mlflow.tracking import MlflowClient
from prometheus_client.parser import text_string_to_metric_families

from data import load_split
from serving import Follower

SETOSA = [5.1, 3.5, 1.4, 0.2]
VIRGINICA = [6.3, 3.3, 6.0, 2.5]


def samples(client: TestClient) -> dict[tuple[str, str], float]:
    """The Prometheus text by metric name and model_version."""
    reply = client.get("/metrics", headers={"Accept": "text/plain;version=0.0.4"})
    assert reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {
        (sample.name, sample.labels.get("model_version", "")): sample.value
        for family in text_string_to_metric_families(reply.text)
        for sample in family.samples
        if "le" not in sample.labels
    }


def test_an_empty_slot_is_unhealthy_and_says_why(serve: Serve) -> None:
    client = serve(loads=False)
    wait_until(lambda: "no version" in client.get("/health").json()["reason"])
    reply = client.get("/health")
    assert reply.status_code == 503
    assert reply.json() == {
        "status": "unhealthy",
        "model_loaded": False,
        "model_name": "iris",
        "reason": "no version is in stage Production of iris",
    }
    assert client.post("/predict", json={"features": [SETOSA]}).status_code == 503
    assert client.get("/metrics").json()["api"]["status"] == "unhealthy"


def test_a_pinned_version_wins_over_the_slot(serve: Serve, empty_slots: MlflowClient) -> None:
    move(empty_slots, "1")
    client = serve(MODEL_VERSION="2", MODEL_STAGE="Production")
    assert client.get("/health").json() == {
        "status": "healthy",
        "model_loaded": True,
        "model_name": "iris",
        "model_version": "2",
    }
    assert client.post("/reload").status_code == 409


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_good_model_predicts_the_held_out_rows(serve: Serve, version: str) -> None:
    client = serve(MODEL_VERSION=version)
    rows = load_split().held_out
    reply = client.post("/predict", json={"features": rows.features.tolist()}).json()
    named = [reply["classes"][index] for index in reply["predictions"]]
    right = sum(name == label for name, label in zip(named, rows.labels, strict=True))
    assert right / len(named) >= 0.94
    assert reply["model_version"] == version
    assert reply["prediction_id"]


def test_a_moved_stage_is_followed_by_polling(serve: Serve, empty_slots: MlflowClient) -> None:
    move(empty_slots, "1")
    client = serve(MODEL_POLL_SECONDS="0.05")
    assert client.get("/health").json()["model_version"] == "1"
    move(empty_slots, "2")
    wait_until(lambda: client.get("/health").json()["model_version"] == "2")


def test_a_moved_alias_is_followed_on_reload(serve: Serve, empty_slots: MlflowClient) -> None:
    empty_slots.set_registered_model_alias("iris", "champion", "1")
    client = serve(MODEL_ALIAS="champion")
    assert client.post("/reload").json() == {"model_version": "1", "reloaded": False}
    empty_slots.set_registered_model_alias("iris", "champion", "2")
    assert client.post("/reload").json() == {"model_version": "2", "reloaded": True}
    assert client.get("/health").json()["model_version"] == "2"


def test_a_missing_alias_is_unhealthy_and_says_why(serve: Serve) -> None:
    client = serve(loads=False, MODEL_ALIAS="champion")
    wait_until(lambda: "alias champion" in client.get("/health").json()["reason"])
    assert client.get("/health").json()["reason"] == "no version has alias champion of iris"


def test_an_unreachable_registry_is_told_without_its_address(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    before = mlflow.get_tracking_uri()
    # Port 9 (discard) is closed on any machine that runs this.
    mlflow.set_tracking_uri("http://127.0.0.1:9")
    try:
        client = serve(loads=False, MODEL_VERSION="2")
        wait_until(lambda: "cannot be read" in client.get("/health").json()["reason"])
        reload = client.post("/reload")
    finally:
        mlflow.set_tracking_uri(before)
    assert reload.status_code == 503
    assert "cannot be read" in reload.json()["error"]
    assert "127.0.0.1" not in client.get("/health").text + reload.text


def test_an_emptied_slot_leaves_the_model_serving(serve: Serve, empty_slots: MlflowClient) -> None:
    move(empty_slots, "1")
    client = serve()
    empty_slots.transition_model_version_stage("iris", "1", "Archived")
    assert client.post("/reload").status_code == 503
    assert client.get("/health").json()["model_version"] == "1"
    assert client.post("/predict", json={"features": [SETOSA]}).status_code == 200


def test_the_highest_of_two_versions_in_a_stage_is_served(
    serve: Serve, empty_slots: MlflowClient
) -> None:
    empty_slots.transition_model_version_stage("iris", "2", "Production")
    empty_slots.transition_model_version_stage("iris", "1", "Production")
    assert serve().get("/health").json()["model_version"] == "2"


def test_labels_count_for_the_version_that_predicted(
    serve: Serve, empty_slots: MlflowClient
) -> None:
    move(empty_slots, "1")
    client = serve()
    early = client.post("/predict", json={"features": [SETOSA, VIRGINICA]}).json()
    move(empty_slots, "2")
    client.post("/reload")
    reply = client.post(
        "/feedback",
        json={
            "model_version": early["model_version"],
            "predictions": early["predictions"],
            "labels": [early["predictions"][0], 1],
        },
    )
    assert reply.json() == {"model_version": "1", "labelled": 2, "correct": 1}

    counted = samples(client)
    assert counted["model_labelled_total", "1"] == 2
    assert counted["model_correct_total", "1"] == 1
    assert counted["model_labelled_total", "2"] == 0
    served = client.get("/metrics").json()
    assert (served["model_version"], served["model_labelled_total"]) == ("2", 0)
    assert "model_accuracy" not in served


def test_both_formats_of_metrics_agree(serve: Serve) -> None:
    client = serve(MODEL_VERSION="2")
    for _ in range(3):
        client.post("/predict", json={"features": [SETOSA, VIRGINICA]})
    client.post("/feedback", json={"model_version": "2", "predictions": [0, 2], "labels": [0, 1]})

    reply = client.get("/metrics")
    assert reply.headers["content-type"] == "application/json"
    document, counted = reply.json(), samples(client)
    assert document["model_predictions_total"] == 6
    assert document["model_accuracy"] == 0.5
    assert document["http_requests_total"] == 3
    for name, value in document.items():
        if name.endswith("_total"):
            assert counted[name, "2"] == value
    assert counted["http_request_duration_seconds_count", "2"] == 3
    assert counted["process_start_time_seconds", ""] == document["process_start_time_seconds"]
    assert document["model"]["type"] == "SVC"
    assert document["model"]["size_bytes"] > 0
    assert document["api"]["prediction_count"] == 6


def test_a_version_that_was_never_asked_counts_zero(serve: Serve) -> None:
    client = serve(MODEL_VERSION="1")
    counted = samples(client)
    for name in ("model_predictions_total", "model_labelled_total", "http_errors_total"):
        assert counted[name, "1"] == 0


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("/predict", {"features": []}, "at least 1 item"),
        ("/predict", {"features": [[1, 2, 3]]}, "at least 4 items"),
        ("/predict", {"features": [["a", 2, 3, 4]]}, "valid number"),
        ("/predict", {}, "Field required"),
        ("/feedback", {"model_version": "2", "predictions": [1], "labels": []}, "at least 1"),
        ("/feedback", {"model_version": "2", "predictions": [1], "labels": [1, 2]}, "its label"),
        ("/feedback", {"model_version": "x\ny", "predictions": [1], "labels": [1]}, "pattern"),
    ],
)
def test_a_wrong_body_is_refused_in_json(
    serve: Serve, path: str, body: dict[str, Any], says: str
) -> None:
    reply = serve(MODEL_VERSION="2").post(path, json=body)
    assert reply.status_code == 422
    assert says in reply.json()["error"]


def test_a_value_that_is_no_number_is_refused_in_json(serve: Serve) -> None:
    reply = serve(MODEL_VERSION="2").post(
        "/predict",
        content='{"features": [[1, 2, 3, NaN]]}',
        headers={"Content-Type": "application/json"},
    )
    assert reply.status_code == 422
    assert "finite" in reply.json()["error"]


def test_a_failing_model_is_an_error_in_json_and_is_counted(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = serve(MODEL_VERSION="2")
    follower: Follower = client.app.state.follower  # type: ignore[attr-defined]
    assert follower.model is not None
    # A fitted pipeline without its fitted part fails as a truncated artefact does.
    monkeypatch.delattr(follower.model.pipeline.named_steps["scaler"], "scale_")
    reply = client.post("/predict", json={"features": [SETOSA]})
    assert reply.status_code == 500
    assert "error" in reply.json()
    assert client.get("/metrics").json()["http_errors_total"] == 1
    assert client.get("/metrics").json()["model_predictions_total"] == 0
