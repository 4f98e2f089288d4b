#!/bin/sh
# How much of any device configurations is understood: tests/public_configs.sh FOLDER
# Prints, for each system, the lines with a word of the coverage list, those that gave a secret, those
# known to hold none, and the rest by file and line. No line of a configuration is ever printed.
set -eu

folder=${1:?usage: tests/public_configs.sh FOLDER}
kagiban=${KAGIBAN:-$(dirname "$0")/../target/release/kagiban}
[ -x "$kagiban" ] || { echo "build first: cargo build --release (or set KAGIBAN)" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
site=$work/site/devices
mkdir -p "$site"

# Plain names, a folder each: one file is one device, and no name says what month it is of.
number=0
find "$folder" -type f ! -path '*/.*' | sort | while read -r file; do
    number=$((number + 1))
    name=$(printf 'f%05d' "$number")
    mkdir "$site/$name"
    cp "$file" "$site/$name/config"
    printf '%s\t%s\n' "$name" "$file" >> "$work/names"
done

"$kagiban" inventory "$work/site" --what files --csv machine > "$work/files.csv" || [ $? -eq 3 ]
"$kagiban" inventory "$work/site" --what credentials --csv machine > "$work/credentials.csv" || [ $? -eq 3 ]
"$kagiban" audit "$work/site" -o "$work/out" --run x --rule DEV-06 --as-of 2026-01-01 --format csv \
    --csv machine --exit-zero --allow-partial > /dev/null 2>&1 || true
find "$work/out" -name findings.csv -exec cat {} + > "$work/findings.csv"
words='password|passwd|passphrase|passcode|passkey|secret|credential|community|pre-?share|nthash'
words="$words|(^|[^a-z0-9])(key|psk|token|pwd)([^a-z0-9]|\$)"
: > "$work/lines"
while IFS="$(printf '\t')" read -r name _; do
    count=$(tr -d '\000' < "$site/$name/config" | grep -a -i -c -E "$words" || true)
    printf '%s\t%s\n' "$name" "$count" >> "$work/lines"
done < "$work/names"

# Every list names a file as .../f00001/config; a finding's line follows its file.
place() { grep -o 'devices/f[0-9]*/config,[0-9]*' "$1" | sed 's,devices/,,; s,/config\,, ,' | sort -u; }
place "$work/credentials.csv" > "$work/understood"
# One finding for each device: how many lines, and the words and lines of the first of them.
grep -o 'devices/f[0-9]*/config' "$work/findings.csv" > /dev/null || : > "$work/findings.csv"
awk '
    match($0, /devices\/f[0-9]+\/config/) {
        name = substr($0, RSTART + 8, RLENGTH - 15)
        if (match($0, /unread-lines,[0-9]+/)) print name, "count", substr($0, RSTART + 13, RLENGTH - 13)
        line = $0
        while (match(line, /[a-z-]+:[0-9]+/)) {
            part = substr(line, RSTART, RLENGTH)
            sub(/^[a-z-]+:/, "", part)
            print name, part
            line = substr(line, RSTART + RLENGTH)
        }
    }
' "$work/findings.csv" | sort -u > "$work/rest"
sed -n 's,^[^,]*devices/\(f[0-9]*\)/config\,[^,]*\,\([^,]*\)\,.*,\1 \2,p' "$work/files.csv" > "$work/readers"

awk -v work="$work" '
    FILENAME == work "/names" { split($0, part, "\t"); path[part[1]] = part[2]; next }
    FILENAME == work "/readers" { reader[$1] = $2; next }
    FILENAME == work "/lines" { marked[$1] = $2; next }
    FILENAME == work "/understood" { good[$1]++; next }
    FILENAME == work "/rest" && $2 == "count" { bad[$1] += $3; next }
    FILENAME == work "/rest" { rest[++rests] = $1 " " $2 }
    END {
        for (name in path) {
            system_of[name] = reader[name] == "" ? "(not recognised)" : reader[name]
            s = system_of[name]; seen[s] = 1; files[s]++
            m[s] += marked[name]; g[s] += good[name]; b[s] += bad[name]
        }
        printf "%-20s %6s %12s %12s %8s\n", "system", "files", "secret words", "understood", "rest"
        for (s in seen) printf "%-20s %6d %12d %12d %8d\n", s, files[s], m[s], g[s], b[s] | "sort"
        close("sort")
        for (i = 1; i <= rests; i++) {
            split(rest[i], part, " ")
            printf "rest %s %s:%s\n", system_of[part[1]], path[part[1]], part[2]
        }
        for (name in path) if (reader[name] == "") print "not recognised " path[name] | "sort"
    }
' "$work/names" "$work/readers" "$work/lines" "$work/understood" "$work/rest"
