#!/usr/bin/env bash
# The workbook through openpyxl: it reads the same ids as findings.csv holds, fills in the columns
# for staff, sorts rows, moves a column and adds a row; `review import` and the next audit carry it.
# Makes a virtual environment in target/. Usage: tests/workbook.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."
venv=target/workbook
mkdir -p "$venv"
if ! { python3 -m venv "$venv" && "$venv/bin/pip" install -q 'openpyxl==3.1.5'; } >"$venv/log" 2>&1; then
  echo "left out: openpyxl could not be installed (see $venv/log)"
  exit 0
fi
binary=${1:-target/debug/kagiban}
[ -n "${1:-}" ] || cargo build --locked --quiet
binary=$(realpath "$binary")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/sites"
cp -r fixtures/rules/LIFE-06/fires "$work/sites/honin"
rm -f "$work/sites/honin/expected.csv"

audit() {
  local code=0
  "$binary" audit "$work" --run "$1" --as-of "$1-22" --lang "$2" --format csv,xlsx,json \
    --rule LIFE-06 --rule LIFE-01 >/dev/null || code=$?
  [ "$code" = 1 ] || { echo "audit ended with $code"; exit 1; }
}

for lang in ja en; do
  rm -rf "$work/runs" "$work/review.csv"
  audit 2026-11 "$lang"
  "$venv/bin/python" tests/workbook/staff.py "$work/runs/2026-11" "$work/edited.xlsx" >"$work/wanted"
  code=0
  "$binary" review import "$work/edited.xlsx" --run "$work/runs/2026-11" --lang "$lang" --write \
    >"$work/said" 2>"$work/warned" || code=$?
  [ "$code" = 3 ] || { cat "$work/said" "$work/warned"; echo "import ended with $code"; exit 1; }
  diff "$work/wanted" "$work/review.csv"
  grep -q '^\[\[suppression\]\]$' "$work/said"
  grep -q 'unknown-finding-id' "$work/warned"
  # Neither sheet of the findings is left out, and no other one is taken for one.
  [ "$(head -1 "$work/said" | grep -c '例外,\|Exceptions')" = 0 ]
  audit 2026-12 "$lang"
  "$venv/bin/python" tests/workbook/next.py "$work/runs/2026-12" "$work/wanted"
done
echo "ok: openpyxl and review import agree"
