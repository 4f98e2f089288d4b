#!/usr/bin/env bash
# How the whole pack grows: CPU seconds (user + system) of a release audit on N accounts and on 2N,
# in turn, three times each; the least of each counts, for the machine may be busy.
# Usage: benches/growth.sh [N, default 500000]. The goal is a ratio of at most 2.2.
set -eu
cd "$(dirname "$0")/.."
accounts=${1:-500000}
cargo build --release --locked --quiet --bins --examples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for size in "$accounts" $((accounts * 2)); do
  target/release/examples/generate "$work/$size" --kind ad-csv --accounts "$size"
done

# cpu FOLDER: CPU seconds of one audit with every rule; the exit code says only what was found.
cpu() {
  TIMEFORMAT='%U %S'
  { time target/release/kagiban audit "$1" -o "$work/out" --as-of 2026-11-22 --no-digest \
      --format text,csv --csv machine >/dev/null 2>&1 || true; } 2>&1 | awk '{ print $1 + $2 }'
}

for _ in 1 2 3; do
  cpu "$work/$accounts" >>"$work/one"
  cpu "$work/$((accounts * 2))" >>"$work/two"
done
one=$(sort -n "$work/one" | head -n 1)
two=$(sort -n "$work/two" | head -n 1)
awk -v n="$accounts" -v one="$one" -v two="$two" 'BEGIN {
  printf "%d accounts %.2f s, %d accounts %.2f s: ratio %.2f\n", n, one, 2 * n, two, two / one
}'
