"""docs/performance.md from benches/results.json and the notes beside it."""

import json
import tomllib

HEAD = """# Performance

Made by `benches/performance.py` from `benches/results.json`; do not edit. To repeat:
`benches/compare.sh` (peers: see the script).

Jobs are whole processes on generated files (`cargo run --release --example generate`), run in turn;
medians. CPU is user and system time of the process and its threads. Digests of inputs are switched
off (`--no-digest`) unless a row says otherwise. Answers are compared before anything is measured.
"""


def main():
    record = json.load(open("benches/results.json", encoding="utf-8"))
    notes = tomllib.load(open("benches/notes.toml", "rb"))
    machine = record["machine"]
    lines = [HEAD]
    lines.append(f"Machine: {machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
                 f"Linux {machine['kernel']}; lanes: {machine['level']}. {record['version']}; "
                 + ", ".join(f"{name} {version}" for name, version in record["peers"].items())
                 + f". Median of {record['runs']}; scale 1/{record['scale']}.\n")
    if record["marked"]:
        lines.append(f"**Measured on a loaded machine** (load {record['load'][0]} to {record['load'][1]}): "
                     "wall times say nothing, CPU times are too high for everybody, and only the "
                     "ratios of one run carry weight.\n")
    for job in record["jobs"]:
        lines.append(f"## {job['id']}: {job['what']}\n")
        lines.append(f"Goal: {job['goal']}. {verdict(job)}".rstrip() + "\n")
        if "growth" in job:
            lines.append(growth(job["growth"]) + "\n")
        lines.append("| | CPU s | wall s | MiB | answer | digest of the answer |\n|---|---|---|---|---|---|")
        for row in job["rows"]:
            lines.append(f"| {row['name']} | {row['cpu']:.3f} | {row['wall']:.3f} | {row['mib']} | "
                         f"{row['answer']} | {row['digest']} |")
        lines.append("")
        lines.extend(f"    {row['command']}" for row in job["rows"])
        lines.append("")
        lines.extend(note(notes, job["id"]))
    if record["kernels"]:
        lines.extend(kernels(record["kernels"], notes))
    done = {job["id"] for job in record["jobs"]} | {"G5"}
    for number, text in notes.items():
        if number not in done:
            lines.append(f"## {number}\n")
            lines.extend(note(notes, number))
    with open("docs/performance.md", "w", encoding="utf-8") as file:
        file.write("\n".join(lines).rstrip() + "\n")


# Goals of one core: evaluations a second, or times hashcat -b.
SALTED = {"md5crypt": 245e3, "sha256crypt": 7.0e3, "sha512crypt": 5.0e3, "dcc2": 5.2e3,
          "PBKDF2-SHA256 x1000": 35e3, "PBKDF2-SHA512 x1000": 14.4e3}
RAW = {"MD4 bare": 1.0, "NT endings": 1.0, "MD5 bare": 1.5, "SHA-1 bare": 0.9, "SHA-256 bare": 0.6, "SHA-512 bare": 0.8}


def kernels(rows, notes):
    """The table of benches/kernels.rs."""
    yield "## G5: kernels, full batches on one core\n"
    yield ("`cargo bench --bench kernels`: the best of some short runs, in one process. The scalar side is "
           "RustCrypto's crate, one message of 55 bytes or fewer at a time, the digest kept. Words are packed "
           "and laid into lanes inside the measured time, digests are written back; bare rows hash numbers "
           "that are in the lanes already and leave digests there. `hashcat -b` counts candidates up in its own "
           "registers and compares with one digest, as 'NT endings' does with a word and a thousand endings.\n")
    yield "| | lanes | a second | times scalar | hashcat -b, a core | goal | |\n|---|---|---|---|---|---|---|"
    for row in rows:
        peer, speed = row.get("hashcat"), row["rate"]
        goal, met = "", None
        if row["name"] in SALTED:
            goal, met = f"{SALTED[row['name']]:,.0f}", speed >= SALTED[row["name"]]
        elif peer and row["name"] in RAW:
            goal, met = f"{RAW[row['name']]} of hashcat", speed >= RAW[row["name"]] * peer
        ratio = f"{row['ratio']:.1f}" if row["ratio"] else ""
        said = "" if met is None else "met" if met else "**missed**"
        yield (f"| {row['name']} | {row['level']} | {speed:,.0f} | {ratio} | "
               f"{f'{peer:,.0f}' if peer else ''} | {goal} | {said} |")
    yield ""
    yield from note(notes, "G5")


def verdict(job):
    if not job["equal"]:
        return "**Answers differ**: no claim."
    if job["ratio"] is not None:
        ratio = job["ratio"]
        said = f"{ratio} times less" if ratio >= 1 else f"{1 / ratio:.1f} times as much"
        return f"Measured: {said}. " + ("Met." if job["met"] else
               f"**Missed** by a factor of {job['needed'] / job['ratio']:.1f}.")
    if job["met"] is None:
        return "The peer is not on this machine." if job.get("needed") else ""
    value = job["rows"][0][job["by"]]
    measured = f"{value} MiB" if job["by"] == "mib" else f"{value:.3f} s"
    return f"Measured: {measured}. " + ("Met." if job["met"] else
           f"**Missed** by a factor of {value / job['needed']:.1f}.")


def growth(of):
    """How much longer the job took than the smaller one."""
    met = "Met." if of["times"] <= of["limit"] else "**Missed.**"
    kind = {"cpu": "CPU", "wall": "wall"}[of["by"]]
    return f"Against {of['of']} its {kind} time grew {of['times']} times; goal at most {of['limit']} times. {met}"


def note(notes, number):
    words = {"tried": "What was tried", "next": "The next bottleneck", "why": "Why there is no figure"}
    own = notes.get(number, {})
    return [f"{words[key]}: {own[key].strip()}\n" for key in words if key in own]


main()
