#!/usr/bin/env python3
"""Expectation for tests/samba.rs: what the raw fields of an LDIF say of every account.

Usage: expect_ldif.py FILE.ldif. Writes CSV: login, enabled, last use, password set and expiry as days in Japan
(empty = never or unknown), and for FLAG-01 to FLAG-03 `info` (disabled), `finding` or nothing.
Shares no code with the auditor and knows of the format only what RFC 2849 says.
"""
import base64, csv, sys
from datetime import datetime, timedelta

def entries(path):
    """Unfolded entries: attribute in lower case, without options → list of values."""
    lines = []
    for line in open(path, "rb").read().decode("utf-8").splitlines():
        if line.startswith(" ") and lines:
            lines[-1] += line[1:]
        elif not line.startswith("#"):
            lines.append(line)
    entry = {}
    for line in lines + [""]:
        if not line:
            if entry: yield entry
            entry = {}
            continue
        name, value = line.split(":", 1)
        value = base64.b64decode(value[1:]).decode("utf-8", "replace") if value.startswith(":") else value.lstrip(" ")
        entry.setdefault(name.lower().split(";")[0], []).append(value)

def day(ticks):
    """FILETIME → the day in Japan; nothing for both kinds of never."""
    if ticks in (0, 0x7FFFFFFFFFFFFFFF): return ""
    moment = datetime(1601, 1, 1) + timedelta(microseconds=ticks // 10) + timedelta(hours=9)
    return moment.strftime("%Y-%m-%d")

def number(entry, name): return int(entry.get(name, ["0"])[0])

def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["login", "enabled", "last_use", "password_set", "expires", "FLAG-01", "FLAG-02", "FLAG-03"])
    rows = []
    for entry in entries(sys.argv[1]):
        classes = {value.lower() for value in entry.get("objectclass", [])}
        if "user" not in classes and "computer" not in classes and not any("managedserviceaccount" in c for c in classes): continue
        bits = number(entry, "useraccountcontrol")
        disabled, machine = bits & 0x2, "computer" in classes or any("managedserviceaccount" in c for c in classes)
        used = max(number(entry, "lastlogontimestamp"), number(entry, "lastlogon"))
        def flag(bit): return "" if machine or not bits & bit else "info" if disabled else "finding"
        rows.append([entry["samaccountname"][0], "no" if disabled else "yes", day(used), day(number(entry, "pwdlastset")), day(number(entry, "accountexpires")),
            flag(0x10000), flag(0x20), flag(0x80)])
    out.writerows(sorted(rows))

main()
