#!/bin/sh
# Runs kagiban and its peers in turn on the same generated files, checks that their answers are
# equal, and writes benches/results.json, from which benches/performance.py makes docs/performance.md.
#
#   benches/compare.sh [--force] [--scale N] [--data DIR] [--runs N]
#
# It speaks only while the load is at most 2; --force runs anyway and marks the result. --scale 10
# takes a tenth of the rows. Peers that the machine lacks are left out: pip install polars duckdb,
# apt-get install hashcat pocl-opencl-icd python3-ldap; john only where it is on PATH. PYTHON names
# the interpreter that has polars and duckdb.
set -eu
cd "$(dirname "$0")/.."
[ "${KAGIBAN:-}" ] || cargo build --release --locked --quiet --bin kagiban --example generate --example group
export KAGIBAN="${KAGIBAN:-$PWD/target/release/kagiban}"
export GENERATE="${GENERATE:-$PWD/target/release/examples/generate}"
export GROUP="${GROUP:-$PWD/target/release/examples/group}"
"${PYTHON:-python3}" benches/compare.py "$@"
"${PYTHON:-python3}" benches/performance.py
