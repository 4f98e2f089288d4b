#!/usr/bin/env bash
# What `completions` and `man` print, read by shells and by groff where they are installed.
# Usage: tests/shell.sh [KAGIBAN]
set -u
cd "$(dirname "$0")/.."
# tests/all.sh has just built it.
kagiban=${1:-target/debug/kagiban}
[ -x "$kagiban" ] || cargo build --locked --quiet || exit 1
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0

fail() {
  echo "FAILED: $*"
  failed=1
}

# reads SHELL OPTION: the script has no error of syntax.
reads() {
  "$kagiban" completions "$1" >"$out/$1" || fail "completions $1"
  command -v "$1" >/dev/null 2>&1 || { echo "left out: $1 is not installed"; return; }
  "$1" "$2" "$out/$1" || fail "$1 refuses its completions"
}

reads bash -n
reads zsh -n
reads fish --no-execute

# completed WORD...: what bash offers after these words.
completed() {
  bash -c '
    source "$1"; shift
    COMP_WORDS=(kagiban "$@"); COMP_CWORD=$#
    _kagiban kagiban "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"' bash "$out/bash" "$@" 2>/dev/null
}
[[ $(completed au) == audit ]] || fail "bash does not complete au: $(completed au)"
[[ $(completed audit --as) == --as-of ]] || fail "bash does not complete --as: $(completed audit --as)"
[[ $(completed review im) == import ]] || fail "bash does not complete im: $(completed review im)"

"$kagiban" man -o "$out/man1" || fail "man -o"
if command -v groff >/dev/null 2>&1; then
  for page in "$out"/man1/*.1; do
    groff -mandoc -Tutf8 -ww "$page" >"$out/page" 2>"$out/warnings" || fail "groff: $page"
    [ -s "$out/warnings" ] && fail "groff warns of $page: $(head -3 "$out/warnings")"
    [ "$(wc -l <"$out/page")" -gt 10 ] || fail "groff makes nothing of $page"
  done
else
  echo "left out: groff is not installed"
fi
exit $failed
