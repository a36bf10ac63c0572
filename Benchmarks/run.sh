#!/usr/bin/env bash
# Measures `release` beside the usual way, in one run on one machine; README.md says what and why.
#
#   Benchmarks/run.sh [startup|rollback|outage|fleet …] [--rounds N] [--environments N]
#
# RELEASE_PROGRAMS names a folder with both programs built in release configuration; without it
# they are built first. Nothing here asserts a time: it prints figures and the bars beside them.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$here")"

venv="$("$root/Scripts/python-env.sh" mlflow3)"
programs="${RELEASE_PROGRAMS:-}"
if [ -z "$programs" ]; then
  for product in release sample-service; do
    swift build --package-path "$root" -c release --static-swift-stdlib --product "$product" >&2
  done
  programs="$(swift build --package-path "$root" -c release --show-bin-path)"
fi

# Nothing leaves this machine, and no variable of the caller changes what is measured.
unset "${!MLFLOW_@}" "${!RELEASE_@}" DATABASE_URL
export MLFLOW_DISABLE_TELEMETRY=true DO_NOT_TRACK=true PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" "$here/harness/bench.py" --programs "$programs" "$@"
