#!/usr/bin/env bash
# Random words and salts through crypt(3), openssl, passlib and argon2-cffi, and back through our
# schemes. Makes a virtual environment in target/; names what it could not install.
# Usage: tests/differential.sh [SEED]
set -u
cd "$(dirname "$0")/.."
seed=${1:-41}
venv=target/differential
list=$venv/vectors.tsv

python=python3
mkdir -p "$venv"
# passlib 1.7.4 reads a version field that bcrypt 4.1 dropped.
if python3 -m venv "$venv" >"$venv/log" 2>&1 \
  && "$venv/bin/pip" install -q 'passlib==1.7.4' 'bcrypt<4.1' argon2-cffi >>"$venv/log" 2>&1; then
  python=$venv/bin/python
else
  echo "left out: passlib and argon2-cffi could not be installed (see $venv/log)"
  echo "left out: their rows are checked by the committed sample alone"
fi

echo "seed $seed"
"$python" tests/differential/generate.py --seed "$seed" >"$list" || exit 1
if [ "$python" = python3 ]; then
  # The list lacks whole schemes: the sample's test still asks for all of them.
  cat tests/differential/sample.tsv >>"$list"
fi
KAGIBAN_VECTORS="$PWD/$list" cargo test --locked --quiet --test differential -- --nocapture
