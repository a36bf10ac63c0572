from concurrent.futures import ThreadPoolExecutor

import pytest

from metering import VERSION_COUNT_MAX, Meter, TooManyVersions, prefers_text


@pytest.mark.parametrize(
    ("accept", "text"),
    [
        (None, False),
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("text/plain", True),
        ("text/plain; version=0.0.4", True),
        ("application/openmetrics-text; version=1.0.0", True),
        ("text/plain;q=0.3, application/json;q=0.2, */*;q=0.1", True),
        ("text/plain;q=0.2, application/json;q=0.9", False),
        ("application/json, text/plain", False),
        ("text/plain, application/json", True),
        ("text/html", False),
        ("text/plain;q=0", False),
    ],
)
def test_the_accept_header_chooses_the_format(accept: str | None, text: bool) -> None:
    assert prefers_text(accept) is text


def test_no_count_is_lost_or_torn_under_many_threads() -> None:
    meter = Meter()

    def count_and_read(_: int) -> float:
        meter.count_labels("1", labelled=10, correct=10)
        return meter.numbers("1")["model_accuracy"]

    with ThreadPoolExecutor(max_workers=16) as pool:
        accuracies = set(pool.map(count_and_read, range(2000)))
    assert accuracies == {1.0}
    assert meter.numbers("1")["model_labelled_total"] == 20_000


def test_accuracy_is_absent_until_a_row_is_labelled() -> None:
    meter = Meter()
    meter.begin("1")
    assert "model_accuracy" not in meter.numbers("1")


def test_the_versions_of_one_process_are_bounded() -> None:
    meter = Meter()
    for version in range(VERSION_COUNT_MAX):
        meter.count_labels(str(version), labelled=1, correct=1)
    with pytest.raises(TooManyVersions):
        meter.count_labels("one too many", labelled=1, correct=1)
    meter.count_labels("0", labelled=1, correct=1)
