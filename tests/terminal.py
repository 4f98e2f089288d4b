#!/usr/bin/env python3
"""Runs kagiban on a pseudo-terminal: bars are on stderr and gone at the end, colours only where they
are wanted, and nothing of either on a pipe. Usage: tests/terminal.py [KAGIBAN]"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "target/debug/kagiban"))
SITES = os.path.join(ROOT, "fixtures/sites")
COLUMNS = 80


def audit(out, *more):
    words = [BINARY, "audit", SITES, "-o", out, "--as-of", "2026-11-22", "--lang", "ja"]
    return words + ["--format", "text,csv,json", *more]


def environment(**more):
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    return {**kept, "TERM": "xterm", **more}


def run(words, terminals, stop_at=None, **env):
    """Runs with the named streams on a terminal each; gives the exit code and what each received."""
    seen = {"stdout": b"", "stderr": b""}
    ends, handed = {}, {}
    for name in seen:
        if name in terminals:
            ours, theirs = pty.openpty()
            fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
        else:
            ours, theirs = os.pipe()
        ends[ours], handed[name] = name, theirs
    child = subprocess.Popen(words, stdin=subprocess.DEVNULL, env=environment(**env), **handed)
    for theirs in handed.values():
        os.close(theirs)
    while ends:
        for ours in select.select(list(ends), [], [])[0]:
            try:
                got = os.read(ours, 65536)
            except OSError:  # A terminal whose other end is closed.
                got = b""
            seen[ends[ours]] += got
            if not got:
                os.close(ours)
                del ends[ours]
        if stop_at and stop_at in seen["stderr"]:
            stop_at = None
            for _ in range(2):
                time.sleep(0.3)
                child.send_signal(signal.SIGINT)
    return child.wait(), seen["stdout"].decode(), seen["stderr"].decode()


def screen(text):
    """The lines that stand on a terminal in the end. Knows what bars use, and refuses the rest."""
    lines, row, column = [[]], 0, 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|[\s\S]", text):
        if part == "\r":
            column = 0
        elif part == "\n":
            row += 1
            while len(lines) <= row:
                lines.append([])
        elif part.startswith("\x1b["):
            count = int(re.sub(r"\D", "", part) or 0)
            if part[-1] == "K":
                lines[row] = [] if count == 2 else lines[row][:column]
            elif part[-1] == "A":
                row -= max(count, 1)
            elif part[-1] == "B":
                row += max(count, 1)
            elif part[-1] not in "mlh":
                raise SystemExit(f"the screen does not know {part!r}")
        else:
            line = lines[row]
            line.extend(" " * (column - len(line)))
            wide = unicodedata.east_asian_width(part) in "WF"
            line[column : column + 1 + wide] = [part] + [""] * wide
            column += 1 + wide
            assert column <= COLUMNS, f"a bar is wider than the screen: {''.join(line)!r}"
    return [line for line in ("".join(line).rstrip() for line in lines) if line]


def check(name, truth, shown=""):
    if not truth:
        raise SystemExit(f"FAILED: {name}\n{shown}")
    print(f"ok: {name}")


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r\n", "\n")


def without_forecast(text):
    """What is said without the times that a slow machine, or a build without optimisation, foretells."""
    lines = [line for line in text.splitlines() if not re.search(r"^[\w-]+: \d+ 件、およそ \d+ s$", line)]
    return "\n".join(lines)


def slow(folder):
    """A server whose hashes take hours."""
    host = os.path.join(folder, "kita/devices/srv")
    os.makedirs(host)
    with open(os.path.join(host, "shadow"), "w") as shadow, open(os.path.join(host, "passwd"), "w") as passwd:
        for number in range(40):
            salt = "".join(chr(97 + (number * 7 + at) % 26) for at in range(19)) + "."
            digest = "".join(chr(97 + (number * 5 + at) % 26) for at in range(30)) + "."
            shadow.write(f"u{number}:$2b$11${number:02}{salt}{digest}:20200:0:99999:7:::\n")
            passwd.write(f"u{number}:x:{1000 + number}:1000::/home/u{number}:/bin/bash\n")
    return os.path.join(folder, "kita")


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        code, quiet, log = run(audit(out), [])
        check("pipes get no bar and no colour", code == 1 and not without_forecast(log) and "\x1b" not in quiet, log)
        code, text, shown = run(audit(out), ["stderr"])
        check("bars do not change what is printed", (code, text) == (1, quiet), text)
        for stage in ("読込", "照合", "判定", "書出"):
            check(f"a bar for {stage}", stage in shown, repr(shown))
        left = screen(shown)
        check("bars are gone at the end", not without_forecast("\n".join(left)), left)
        _, _, shown = run(audit(out), ["stderr"], TERM="dumb")
        check("a dumb terminal gets no bar", not without_forecast(shown), repr(shown))
        _, text, _ = run(audit(out), ["stdout", "stderr"])
        check("a terminal gets colours", "\x1b[1;31m重大\x1b[0m" in text, repr(text[:400]))
        check("colours change no other byte", plain(text) == quiet, text)
        for words, env in ([], {"NO_COLOR": "1"}), (["--color", "never"], {}):
            _, text, _ = run(audit(out, *words), ["stdout"], **env)
            check(f"no colour with {words or env}", text.replace("\r\n", "\n") == quiet, repr(text[:400]))
        _, text, _ = run(audit(out, "--color", "always"), [])
        check("colour on a pipe on demand", "\x1b[1;31m" in text and plain(text) == quiet)
        words = [BINARY, "audit", slow(folder), "-o", out, "--lang", "en", "--as-of", "2026-11-22"]
        code, _, shown = run(words, ["stderr"], stop_at=b"% ")
        lines = screen(shown)
        check("Ctrl-C twice ends at once", code == 130, lines)
        check("and leaves no bar", not any("Comparing" in line for line in lines), lines)
        check("and says so", any("Ctrl-C again" in line for line in lines), lines)


main()
