from pathlib import Path

from data import load_split
from models import logistic_regression, measure, shuffled_labels, tuned_svm

PROJECT = Path(__file__).resolve().parents[3]


def test_no_held_out_row_is_a_training_row() -> None:
    split = load_split()
    training = {tuple(row) for row in split.training.features}
    held_out = {tuple(row) for row in split.held_out.features}
    assert len(split.training.labels) == 60
    assert len(split.held_out.labels) == 90
    assert not training & held_out


def test_the_split_and_its_digests_never_change() -> None:
    first, second = load_split(), load_split()
    assert first.training.digest == second.training.digest
    assert first.training.digest != first.held_out.digest


def test_the_demo_sends_exactly_the_held_out_rows() -> None:
    committed = (PROJECT / "demo" / "holdout.csv").read_text(encoding="utf-8")
    assert committed == load_split().held_out.as_csv()


def test_two_models_are_good_and_the_third_is_not() -> None:
    split = load_split()
    accuracies = [
        measure(make(split.training).pipeline, split.held_out)["accuracy"]
        for make in (logistic_regression, tuned_svm, shuffled_labels)
    ]
    assert accuracies[0] >= 0.94
    assert accuracies[1] >= 0.94
    assert accuracies[2] < 0.5


def test_every_pin_of_the_service_is_a_pin_of_the_test_environment() -> None:
    def pins(path: Path) -> set[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {line for line in lines if line and not line.startswith("#")}

    service = pins(PROJECT / "examples" / "iris" / "requirements.txt")
    assert service <= pins(PROJECT / "Scripts" / "requirements-mlflow3.txt")
