#!/usr/bin/env bash
# Runs every test. As root it installs by apt and pip what some of them need; otherwise it names
# what it left out and why. Usage: tests/all.sh
set -u
cd "$(dirname "$0")/.."
failed=0
left_out=()

run() {
  echo "== $*"
  "$@" || { echo "FAILED: $*"; failed=1; }
}

# need COMMAND PACKAGE: true when the command is there, if need be after installing the package.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { apt-get install -y -qq "$2" || { apt-get update -qq && apt-get install -y -qq "$2"; }; } \
      >/dev/null 2>&1
  fi
  command -v "$1" >/dev/null 2>&1
}

run cargo test --locked --quiet
if need python3 python3; then
  # First, with the binary of the tests: others build one without optimisation in its place.
  run python3 tests/terminal.py
  run bash tests/recipes.sh
  run bash tests/differential.sh
  run bash tests/workbook.sh
  run bash tests/schemas.sh
else
  left_out+=("tests/recipes.sh: needs python3")
  left_out+=("tests/differential.sh: needs python3")
  left_out+=("tests/workbook.sh: needs python3")
  left_out+=("tests/schemas.sh: needs python3")
  left_out+=("tests/terminal.py: needs python3")
fi
need groff groff-base
need zsh zsh
need fish fish
run bash tests/shell.sh

for reason in "${left_out[@]+"${left_out[@]}"}"; do
  echo "left out: $reason"
done
exit $failed
