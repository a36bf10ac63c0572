#!/usr/bin/env bash
# Builds `release` for a job of GitHub Actions, once for each state of its sources.
#
#   install.sh digest         prints `folder=…` and `key=…`: where the program is kept between jobs
#   install.sh build FOLDER   builds it into FOLDER, unless it is there
#
# Building needs Swift 6.2 or later: run the job in the container swift:6.3-bookworm.
set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"

fail() {
  echo "::error title=release cannot be installed::$*"
  exit 1
}

# Names the sources, and the system and Swift whose libraries the program needs.
digest() {
  local sources system
  sources="$({
    swift --version 2>/dev/null
    cd "$project"
    find Package.swift Sources demo -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -c1-32)"
  # shellcheck source=/dev/null
  system="$(. /etc/os-release && echo "$ID-${VERSION_ID:-rolling}-$(uname -m)")"
  echo "folder=${RUNNER_TOOL_CACHE:-$HOME/.cache}/release-$sources"
  echo "key=release-$system-$sources"
}

build() {
  local folder="$1"
  "$project/Scripts/install-debian.sh" || fail "a package of the system is missing, see above"
  [ -x "$folder/release" ] && return
  cd "$project"
  local arguments=(--configuration release --product release)
  swift build "${arguments[@]}" || fail "it does not build, see above"
  mkdir -p "$folder"
  install --strip "$(swift build "${arguments[@]}" --show-bin-path)/release" "$folder/release"
}

case "${1:-}" in
digest) digest ;;
build) build "${2:?a folder is needed}" ;;
*) fail "unknown call: $*" ;;
esac
