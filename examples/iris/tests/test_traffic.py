import itertools
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from conftest import Serve, wait_until
from fastapi.testclient import TestClient

import traffic


@pytest.fixture
def service(serve: Serve) -> Iterator[tuple[str, TestClient]]:
    """Version 2 behind a real socket, with a client that reads its metrics."""
    client = serve(MODEL_VERSION="2")
    config = uvicorn.Config(client.app, host="127.0.0.1", port=0, lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}", client
    server.should_exit = True
    thread.join()


def test_the_same_seed_gives_the_same_rows() -> None:
    rows = traffic.read_rows(traffic.DEFAULT_ROWS)
    assert len(rows) == 90
    first, second, other = (
        list(itertools.islice(traffic.drawn(rows, seed), 200)) for seed in (1, 1, 2)
    )
    assert first == second
    assert first != other


def test_every_row_is_predicted_and_labelled(
    service: tuple[str, TestClient], capsys: pytest.CaptureFixture[str]
) -> None:
    url, client = service
    assert traffic.main(["--url", url, "--count", "40", "--rate", "1000"]) == 0
    counted = client.get("/metrics").json()
    assert counted["model_predictions_total"] == 40
    assert counted["model_labelled_total"] == 40
    assert counted["model_accuracy"] >= 0.9
    printed = capsys.readouterr().out
    assert f"version 2: 40 rows, {counted['model_accuracy']:.3f} correct" in printed


def test_a_dead_service_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    # Port 9 (discard) is closed on any machine that runs this.
    assert traffic.main(["--url", "http://127.0.0.1:9", "--count", "2", "--rate", "1000"]) == 1
    assert "2 requests failed" in capsys.readouterr().out
