#!/usr/bin/env bash
# Checks all Python of the project: format, lint, types, tests, and that demo/ is what training gives.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv="$(Scripts/python-env.sh mlflow3)"
folders=(examples/iris Scripts Benchmarks)
"$venv/bin/ruff" format --check --config examples/iris/pyproject.toml "${folders[@]}"
"$venv/bin/ruff" check --config examples/iris/pyproject.toml "${folders[@]}"
MYPYPATH=examples/iris:Benchmarks/harness "$venv/bin/mypy" --config-file examples/iris/pyproject.toml \
  examples/iris/*.py examples/iris/tests/*.py Scripts/*.py Benchmarks/*/*.py
# The stand-ins have settings of their own, and need what only their own environment has.
standins="$(Scripts/python-env.sh standins)"
"$venv/bin/ruff" format --check Tests/StandIns
"$venv/bin/ruff" check Tests/StandIns
MYPYPATH=Tests/StandIns "$venv/bin/mypy" --config-file examples/iris/pyproject.toml \
  --python-executable "$standins/bin/python" Tests/StandIns/*.py
(cd examples/iris && "$venv/bin/python" -m pytest -q)
"$venv/bin/python" Scripts/export-demo-models.py --check
