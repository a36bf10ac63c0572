#!/usr/bin/env bash
# Creates the Python virtual environment of one requirements file and prints its path.
#
#   Scripts/python-env.sh mlflow3      ->  <project>/.cache/venv-mlflow3-<hash>
#
# The hash is that of Scripts/requirements-NAME.txt: an environment that exists is complete and
# current, so running this again costs nothing. Only the path goes to standard output.
set -euo pipefail

scripts="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$scripts")"

say() { echo "python-env: $*" >&2; }

fail() {
  say "$1"
  exit "${2:-1}"
}

available() {
  local file
  for file in "$scripts"/requirements-*.txt; do
    basename "$file" .txt | sed 's/^requirements-//'
  done | paste -sd ' ' -
}

[ $# -eq 1 ] || fail "usage: Scripts/python-env.sh NAME, where NAME is one of: $(available)" 2
name="$1"
requirements="$scripts/requirements-$name.txt"
[ -f "$requirements" ] || fail "there is no environment '$name'; choose one of: $(available)" 2

hash="$(sha256sum "$requirements" | cut -c1-12)"
venv="$root/.cache/venv-$name-$hash"
if [ -f "$venv/complete" ]; then
  echo "$venv"
  exit 0
fi

python="${PYTHON:-python3}"
command -v "$python" >/dev/null ||
  fail "'$python' was not found. Install Python 3.11 or later (Debian: apt-get install python3.11)."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$("$python" --version) is too old: 3.11 or later is needed. Name another with PYTHON=…"
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
  fail "'$python' cannot make virtual environments. Install its venv module \
(Debian: apt-get install python3-venv, or python3.11-venv for python3.11)."

# Two callers at once: the second waits here and then finds the work done.
mkdir -p "$root/.cache"
exec 9>"$venv.lock"
flock 9
if [ ! -f "$venv/complete" ]; then
  say "creating $venv (a minute or two, once)"
  rm -rf "$venv"
  "$python" -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2 ||
    fail "pip could not install $requirements; the lines above say why"
  touch "$venv/complete" # Written last: an interrupted install is begun again.
fi
echo "$venv"
