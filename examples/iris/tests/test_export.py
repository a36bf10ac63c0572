import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
SCRIPT = PROJECT / "Scripts" / "export-demo-models.py"


def export(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )


def test_exporting_again_gives_the_same_bytes(tmp_path: Path) -> None:
    assert export("--output", str(tmp_path)).returncode == 0
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert [str(path) for path in written] == [
        "holdout.csv",
        "models/1.json",
        "models/2.json",
        "models/3.json",
    ]
    for path in written:
        assert (tmp_path / path).read_bytes() == (PROJECT / "demo" / path).read_bytes()


def test_a_file_changed_by_hand_is_found(tmp_path: Path) -> None:
    assert export("--output", str(tmp_path)).returncode == 0
    model = tmp_path / "models" / "3.json"
    model.write_text(model.read_text().replace('"accuracy": 0.2', '"accuracy": 0.9'))
    check = export("--check", "--output", str(tmp_path))
    assert check.returncode == 1
    assert "models/3.json" in check.stdout
    assert "models/1.json" not in check.stdout
