#!/usr/bin/env bash
# How long a run of N findings takes to be written again: findings.csv, findings.jsonl and report.xlsx,
# each by a cold process that reads the run first. Wall seconds, CPU seconds and peak memory; "text" is
# the summary alone, so what a format itself costs is its row less that one.
# Usage: benches/report.sh [FINDINGS, default 1000000] [BINARY]. The goals for a million: CSV 2 s,
# JSON 3 s, XLSX 40 s and 500 MiB.
set -eu
cd "$(dirname "$0")/.."
findings=${1:-1000000}
binary=${2:-target/release/kagiban}
[ -n "${2:-}" ] || cargo build --release --locked --quiet --bin kagiban
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every account has been away for a year, and its password never expires: two findings each at least.
mkdir -p "$work/sites/honin/ad"
awk -v accounts=$(((findings + 1) / 2)) 'BEGIN {
  print "sAMAccountName,displayName,distinguishedName,employeeID,enabled,whenCreated,lastLogonTimestamp,pwdLastSet,userAccountControl"
  for (i = 0; i < accounts; i++)
    printf "user%07d,\"佐藤 %07d\",\"CN=佐藤 %07d,OU=病棟%d,OU=職員,DC=corp,DC=byoin,DC=example\",%07d,TRUE,2019-04-01,2025-%02d-%02d,2026-%02d-01,66048\n",
      i, i, i, i % 30, i, i % 12 + 1, i % 28 + 1, i % 9 + 1
}' >"$work/sites/honin/ad/users.csv"
"$binary" audit "$work" --as-of 2026-11-22 --run big --no-digest --lang ja --format json >/dev/null || true
wc -l "$work/runs/big/findings.jsonl" | awk '{ print $1 " findings" }'

for format in text csv json xlsx; do
  rm -rf "$work/out"
  /usr/bin/time -f '%e %U %S %M' -o "$work/time" \
    "$binary" report "$work/runs/big" --format "$format" -o "$work/out" >/dev/null
  size=$( { du -sm "$work/out" 2>/dev/null || echo 0; } | cut -f 1)
  awk -v name="$format" -v size="$size" \
    '{ printf "%-5s %6.2f s wall  %6.2f s CPU  %5d MiB peak  %5d MB written\n", name, $1, $2 + $3, $4 / 1024, size }' "$work/time"
done
