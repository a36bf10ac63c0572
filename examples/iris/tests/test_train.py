import pytest
from mlflow.entities import Run
from mlflow.tracking import MlflowClient

from data import load_split


def run_of(registry: MlflowClient, version: str) -> Run:
    run_id = registry.get_model_version("iris", version).run_id
    assert run_id is not None
    return registry.get_run(run_id)


@pytest.mark.parametrize(
    ("version", "name"),
    [("1", "logistic-regression"), ("2", "tuned-svm"), ("3", "shuffled-labels")],
)
def test_a_version_leads_to_a_finished_run_with_its_data(
    registry: MlflowClient, version: str, name: str
) -> None:
    run = run_of(registry, version)
    assert run.info.status == "FINISHED"
    assert run.data.params["model"] == name
    assert run.data.params["training_data_digest"] == load_split().training.digest
    assert set(run.data.metrics) == {"accuracy", "f1_macro"}


def test_the_broken_model_logs_its_true_accuracy(registry: MlflowClient) -> None:
    run = run_of(registry, "3")
    assert run.data.metrics["accuracy"] < 0.5
