#!/usr/bin/env bash
# Installs the Debian packages that building and testing need, as far as they are missing.
#
#   Scripts/install-debian.sh [--tests]
#
# With --tests also what only the tests need, such as a server that speaks HTTP/2.
# It says nothing and needs no network when nothing is missing. Each need is looked for by what it
# does, not by its package, so that a Python or a compiler from elsewhere counts too.
set -euo pipefail

purpose="${1:-}"

say() { echo "install-debian: $*" >&2; }

fail() {
  say "$@"
  exit 1
}

has_command() { command -v "$1" >/dev/null 2>&1; }

has_library() { has_command pkg-config && pkg-config --exists "$1"; }

has_python() {
  has_command python3 &&
    python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

missing_packages() {
  has_command git || echo git
  has_command make || echo make
  has_command curl || echo curl
  has_command openssl || echo openssl
  has_command g++ || echo g++ # The C++ library and linker files that the Swift compiler builds on.
  has_command pkg-config || echo pkg-config
  has_library libcurl || echo libcurl4-openssl-dev
  has_library sqlite3 || echo libsqlite3-dev
  has_library zlib || echo zlib1g-dev
  has_library libpq || echo libpq-dev
  has_python || echo python3 python3-venv
  [ "$purpose" != --tests ] || has_command node || echo nodejs
  [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

install_packages() {
  local by_hand="Install by hand: $*"
  has_command apt-get || fail "this is not Debian: there is no apt-get. $by_hand"
  [ "$(id -u)" -eq 0 ] || has_command sudo || fail "not root, and there is no sudo. $by_hand"
  say "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq >&2 || say "apt-get update failed; trying with the lists there are"
  as_root apt-get install -y -qq --no-install-recommends "$@" >&2 ||
    fail "apt-get could not install them; its words above say why. $by_hand"
}

mapfile -t missing < <(missing_packages | tr ' ' '\n')
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"

mapfile -t lacking < <(missing_packages | tr ' ' '\n')
[ ${#lacking[@]} -eq 0 ] || fail "still missing after the installation: ${lacking[*]}"

has_command swift ||
  fail "swift is not on PATH. Install Swift 6.2 or later: https://www.swift.org/install/linux"
