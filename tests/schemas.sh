#!/usr/bin/env bash
# Validates what the json format writes against `kagiban schema`, with check-jsonschema. Makes a virtual
# environment in target/. Usage: tests/schemas.sh
set -u
cd "$(dirname "$0")/.."
venv=target/schemas
mkdir -p "$venv"
if ! { python3 -m venv "$venv" && "$venv/bin/pip" install -q check-jsonschema; } >"$venv/log" 2>&1; then
  echo "left out: check-jsonschema could not be installed (see $venv/log)"
  exit 0
fi
check=$venv/bin/check-jsonschema
# tests/all.sh has just built it.
[ -x target/debug/kagiban ] || cargo build --locked --quiet || exit 1
kagiban=target/debug/kagiban
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for name in run findings; do
  "$kagiban" schema "$name" >"$out/$name.schema.json" || exit 1
  "$check" --check-metaschema "$out/$name.schema.json" || exit 1
done
printf '{"type": "array", "minItems": 1, "items": %s}' "$(cat "$out/findings.schema.json")" \
  >"$out/array.schema.json"
failed=0

# validate RUN: the header, and all lines as one array, so that the validator starts once.
validate() {
  "$check" --schemafile "$out/run.schema.json" "$1/run.json" || failed=1
  { printf '['; sed '$!s/$/,/' "$1/findings.jsonl"; printf ']'; } >"$out/findings.json"
  "$check" --schemafile "$out/array.schema.json" "$out/findings.json" || failed=1
}

"$kagiban" audit fixtures/sites -o "$out/demo" --as-of 2026-11-22 --format json
validate "$out/demo"

# Two months: states, exceptions and a comparison.
mkdir "$out/root"
cp fixtures/months/suppressions.toml "$out/root/"
for day in 2026-10-25 2026-11-22; do
  rm -rf "$out/root/sites"
  cp -r "fixtures/months/${day%-*}/sites" "$out/root/"
  "$kagiban" audit "$out/root" --as-of "$day" --format json
done
validate "$out/root/runs/2026-11"

# A schema that takes everything would be no check.
{ printf '['; head -1 "$out/demo/findings.jsonl" | sed 's/"severity":"[a-z]*"/"severity":"awful"/'; printf ']'; } \
  >"$out/bad.json"
if "$check" --schemafile "$out/array.schema.json" "$out/bad.json" >/dev/null; then
  echo "a bad finding passed"
  failed=1
fi
exit $failed
