#!/usr/bin/env bash
# Checks what the hosting platforms and CI read: render.yaml, railway.json, .railway/, Procfile,
# runtime.txt, requirements.txt, the Dockerfiles, .github/ and the GitLab example in docs/.
#
# The Procfile's line and the image's command are run for real, against a real MLflow registry.
# Vendors' schemas that are not free to copy are used where ../shared/data/schemas has them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv="$(Scripts/python-env.sh descriptors)"
iris="$(Scripts/python-env.sh mlflow3)"
tests=Tests/descriptors
"$iris/bin/ruff" format --check "$tests"
"$iris/bin/ruff" check "$tests"
MYPYPATH="$tests" "$iris/bin/mypy" --config-file examples/iris/pyproject.toml \
  --python-executable "$venv/bin/python" "$tests"/*.py
"$venv/bin/shellcheck" Scripts/*.sh .github/actions/*/*.sh .ci/run
IRIS_VENV="$iris" "$venv/bin/python" -m pytest -q -p no:cacheprovider "$tests"
