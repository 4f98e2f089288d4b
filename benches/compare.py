"""The jobs of benches/compare.sh: data, contenders, answers, measurements."""

import argparse
import functools
import glob
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

PROGRAMS = {"kagiban": os.environ["KAGIBAN"], "group": os.environ["GROUP"]}
KAGIBAN, GENERATE = PROGRAMS["kagiban"], os.environ["GENERATE"]
AS_OF = "2026-11-22"


class Contender:
    """A command line, what to count of its output, and how to prepare each run."""

    def __init__(self, name, argv, answer, shown=None, before=None):
        self.name, self.argv, self.answer = name, argv, answer
        self.shown, self.before = shown or " ".join(argv), before
        self.runs = []

    def run(self):
        """One run in the data folder: CPU and wall seconds, peak MiB, answer."""
        if self.before:
            self.before()
        with tempfile.TemporaryFile() as out:
            argv = [PROGRAMS.get(self.argv[0], self.argv[0]), *self.argv[1:]]
            start = os.times().elapsed
            child = subprocess.Popen(argv, stdout=out, stderr=subprocess.DEVNULL)
            _, status, used = os.wait4(child.pid, 0)
            wall = os.times().elapsed - start
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            text = out.read().decode("utf-8", "replace")
        cpu = used.ru_utime + used.ru_stime
        return {"cpu": cpu, "wall": wall, "mib": used.ru_maxrss / 1024, "text": text}


def audit(folder, rules, answer, *more, name="kagiban", digests=False):
    """The audit as it is measured: the summary alone. What it answers is asked apart, of run.json."""
    argv = ["kagiban", "audit", folder, "--as-of", AS_OF, "-o", "out"]
    argv += [] if digests else ["--no-digest"]
    for rule in rules:
        argv += ["--rule", rule]
    argv += more

    def ask(_):
        subprocess.run([KAGIBAN, *argv[1:], "--format", "json"], stdout=subprocess.DEVNULL)
        with open("out/run.json", encoding="utf-8") as file:
            found = answer(json.load(file))
        shutil.rmtree("out")
        return found

    return Contender(name, [*argv, "--format", "text"], ask)


def python(name, code, *arguments, threads="1"):
    """A peer that is a Python library, on one thread unless all are asked for."""
    last = lambda text: json.loads(text.strip().splitlines()[-1])
    limit = [f"POLARS_MAX_THREADS={threads}"] if name == "polars" and threads else []
    shown = " ".join([*limit, "python -c '...'", *arguments])
    return Contender(name, ["env", *limit, sys.executable, "-c", code, *arguments], last, shown)


def shell(name, line):
    """A peer that is a pipeline; the last word that it prints is its answer."""
    return Contender(name, ["bash", "-c", line], lambda text: int(text.split()[-1]), line)


def groups(run):
    return [run["groups"]["groups"], run["groups"]["accounts"]]


def findings(rule):
    def count(run):
        counts = [row["status"]["new"] for row in run["by_rule"] if row["rule_id"] == rule]
        return sum(counts)

    return count


POLARS_GROUPS = """
import sys, json, polars as pl
f = pl.scan_csv(sys.argv[1], separator=':', has_header=False, infer_schema=False,
                new_columns=['user', 'rid', 'lm', 'nt', 'a', 'b', 'c'])
f = f.group_by('nt').agg(pl.len().alias('n'), pl.col('user').str.head(7).n_unique())
f = f.filter(pl.col('n') > 1).collect()
print(json.dumps([f.height, int(f['n'].sum())]))
"""
DUCKDB_GROUPS = """
import sys, json, duckdb
c = duckdb.connect(); c.execute("set threads=1")
print(json.dumps([int(x) for x in c.execute(f'''select count(*), sum(n) from (
  select count(*) n, count(distinct u[1:7]) s from read_csv('{sys.argv[1]}', delim=':', header=false,
  quote='', escape='', names=['u','r','l','h','a','b','c'], all_varchar=true) group by h having n > 1)'''
).fetchone()]))
"""
POLARS_CSV = """
import sys, json, polars as pl
f = pl.scan_csv(sys.argv[1], infer_schema=False)
f = f.group_by('ntHash').agg(pl.len().alias('n'), pl.col('site').n_unique())
f = f.filter(pl.col('n') > 1).collect()
print(json.dumps([f.height, int(f['n'].sum())]))
"""
PYTHON_LDIF = """
import sys, ldif
class Count(ldif.LDIFParser):
    n = 0
    def handle(self, dn, entry): Count.n += 1
Count(open(sys.argv[1], 'rb')).parse(); print(Count.n)
"""
DUCKDB_SEMI = """
import sys, json, duckdb
c = duckdb.connect(); c.execute("set threads=1")
print(json.dumps(c.execute(f'''with q as (select distinct upper(column0) h from read_csv('{sys.argv[1]}',
  header=false, all_varchar=true)) select count(*) from read_csv('{sys.argv[2]}', delim=':',
  header=false, all_varchar=true) b semi join q on b.column0 = q.h''').fetchone()[0]))
"""


def have(name):
    return shutil.which(name) is not None


@functools.cache
def can_crack():
    """hashcat without an OpenCL runtime starts and does nothing."""
    return have("hashcat") and subprocess.run(["hashcat", "-I"], capture_output=True).returncode == 0


def library(name):
    try:
        return __import__(name).__version__
    except ImportError:
        return None


def generate(folder, kind, accounts, *more):
    if not os.path.exists(folder):
        argv = [GENERATE, folder, "--kind", kind, "--accounts", str(accounts), *more]
        subprocess.run(argv, check=True)


def hashes_of(folder, into):
    """The NT hashes of a folder of pwdump files, distinct."""
    if not os.path.exists(into):
        line = f"cat {folder}/sites/*/ad/hashes.ntds | cut -d: -f4 | LC_ALL=C sort -u > {into}"
        subprocess.run(["bash", "-c", line], check=True)


def corpus(into, lines, hashes):
    """Random digests from a fixed key, and a third of the hashes, in the form of the service."""
    if os.path.exists(into):
        return
    line = (
        f"(openssl enc -aes-128-ctr -K 000102030405060708090a0b0c0d0e0f -iv 0 -in /dev/zero 2>/dev/null"
        f" | head -c {16 * lines} | od -An -vtx4 -w16 --endian=big | tr -d ' ';"
        f" awk 'NR % 3 == 0' {hashes}) | tr a-f A-F | LC_ALL=C sort -S 1G -u"
        f" | awk '{{print $0 \":\" NR % 1000 + 1 \"\\r\"}}' > {into}.part && mv {into}.part {into}"
    )
    subprocess.run(["bash", "-c", line], check=True)


def md5crypt(folder, accounts, words):
    """Accounts with md5crypt hashes, one in a hundred with the seventh of some words."""
    if os.path.exists(folder):
        return
    os.makedirs(f"{folder}/sites/honin/host")
    lines = open("words", encoding="utf-8")
    chosen = [next(lines).rstrip("\n") for _ in range(words)]
    hashes = []
    for number in range(accounts):
        word = chosen[6] if number % 100 == 0 else f"in-no-list-{number}"
        argv = ["openssl", "passwd", "-1", "-salt", f"s{number:07}", word]
        hashes.append(subprocess.run(argv, capture_output=True, text=True, check=True).stdout.strip())
    def write(path, rows):
        with open(f"{folder}/{path}", "w", encoding="utf-8") as file:
            file.writelines(row + "\n" for row in rows)
    rows = (f"user{number:05}:{one}:19000:0:99999:7:::" for number, one in enumerate(hashes))
    write("sites/honin/host/srv-shadow", rows)
    write("hashes", hashes)
    write("words20", chosen[:20])
    write("words50", chosen)
    write("word1", chosen[6:7])
    write("word-each", chosen[6:7] * accounts)


def jobs(scale, wanted):
    """Every job with its data made: id, what, goal in words, contenders, peer and factor."""
    million = 1_000_000 // scale
    generate("pwdump", "pwdump", million, "--sites", "40")
    generate("words", "words", 10 * million)
    generate("csv", "ad-csv", million, "--sites", "40")
    generate("ldif", "ldif", million // 10)
    generate("hospital", "pwdump", 2_000)
    hashes_of("pwdump", "hashes")
    if wanted("G1 x10") or wanted("G2 x10"):
        generate("pwdump10", "pwdump", 10 * million, "--sites", "40")
        hashes_of("pwdump10", "hashes10")
    if wanted("memory"):
        generate("pwdump500", "pwdump", 10 * million, "--sites", "500")
    if any(wanted(number) for number in ("G4", "G4 x20", "cores")):
        md5crypt("md5crypt", 10_000 // scale, 50)
    if wanted("G6") or wanted("G10"):
        corpus("corpus.txt", 20 * million, "hashes")
    if wanted("G6 x5"):
        corpus("corpus5.txt", 100 * million, "hashes")
    if not os.path.exists("words1"):
        subprocess.run(["bash", "-c", f"head -n {million} words > words1"], check=True)
    dumps, tables = "pwdump/sites/*/ad/hashes.ntds", "csv/sites/*/ad/users.csv"
    ldif = "ldif/sites/hosp000/ad/directory.ldif"
    polars, duckdb = library("polars"), library("duckdb")

    g1 = [audit("pwdump", ["REUSE-01", "REUSE-06"], groups)]
    g7 = [audit("csv", ["LIFE-01", "MFA-01", "REUSE-01", "REUSE-06"], groups)]
    if polars:
        g1.append(python("polars", POLARS_GROUPS, dumps))
        g7.append(python("polars", POLARS_CSV, tables))
    if duckdb:
        g1.append(python("duckdb", DUCKDB_GROUPS, dumps))
    yield "G1", "reuse groups of a million pwdump lines", "5 times less CPU than polars", g1, "polars", 5

    ten = [audit("pwdump10", ["REUSE-01", "REUSE-06"], groups)]
    if polars:
        ten.append(python("polars", POLARS_GROUPS, "pwdump10/sites/*/ad/hashes.ntds", threads=None))
    yield "G1 x10", "the same of ten million lines", "a third of the wall time of polars", ten, "polars", 3, "wall"

    g2 = [audit("pwdump", ["QUAL-04"], findings("QUAL-04"), "--wordlist", "words")]
    if can_crack():
        g2.append(hashcat("-m 1000 -a 0 -O", "hashes", "words", by_digest))
    yield "G2", "ten million words on a million NT hashes", "40 times less CPU than hashcat -a 0 -O", g2, "hashcat", 40

    ten = [audit("pwdump10", ["QUAL-04"], findings("QUAL-04"), "--wordlist", "words")]
    yield "G2 x10", "ten million words on ten million NT hashes", "6 times the wall time of G2, 500 MiB", ten, None, None

    # Stems that are words themselves, but for their case, would be told by another rule.
    line = ("LC_ALL=C; export LC_ALL; T=$'\\t'; join -v1 -t\"$T\" -o 1.2"
            " <(grep -aE '[0-9]{2}$' words | sed 's/..$//' | sort -S 1G -u"
            " | awk '{print tolower($0) \"\\t\" $0}' | sort -S 1G -t\"$T\" -k1,1)"
            f" <(tr A-Z a-z < words | sort -S 1G -u) | shuf --random-source=words -n {million} > stems")
    if not os.path.exists("stems"):
        subprocess.run(["bash", "-c", line], check=True)
    g3 = [audit("pwdump", ["QUAL-10"], findings("QUAL-10"), "--wordlist", "stems", "--mask", "?d?d")]
    if can_crack():
        g3.append(hashcat("-m 1000 -a 6", "hashes", "stems ?d?d", by_digest))
    yield "G3", "a million words with two digits each on a million NT hashes", "8 times less CPU than hashcat -a 6", g3, "hashcat", 8

    for number, words, mode, theirs, factor in (("G4", "word1", "-m 500 -a 9", "word-each", 50),
                                                ("G4 x20", "words20", "-m 500 -a 0", "words20", 25)):
        g4 = [audit("md5crypt", ["QUAL-04"], findings("QUAL-04"), "--wordlist", f"md5crypt/{words}", "--wordlist-only")]
        if can_crack():
            g4.append(hashcat(mode, "md5crypt/hashes", f"md5crypt/{theirs}", lambda cracked: len(list(cracked))))
        what = "one word for each of 10,000 md5crypt accounts" if number == "G4" else "twenty words for each of them"
        yield number, what, f"{factor} times less CPU than hashcat {mode[7:]}", g4, "hashcat", factor

    many = lambda name, *more: audit("md5crypt", ["QUAL-04"], findings("QUAL-04"), "--wordlist", "md5crypt/words50",
                                     "--wordlist-only", *more, name=name)
    cores = [many("kagiban"), many("on one thread", "--jobs", "1")]
    yield "cores", "fifty words for each of them, on all cores and on one", "1.8 times less wall time with a second core", cores, "on one thread", 1.8, "wall"

    for number, list_ in (("G6", "corpus.txt"), ("G6 x5", "corpus5.txt")):
        line = f"LC_ALL=C; export LC_ALL; tr a-f A-F < hashes | sort -S 1G -u > q; join -t: -j1 -o 1.1 <(cut -d: -f1 {list_} | tr -d '\\r') q | wc -l"
        g6 = [audit("pwdump", ["QUAL-03"], breached_digests(list_), "--corpus", list_), shell("sort and join", line)]
        if duckdb:
            g6.append(python("duckdb", DUCKDB_SEMI, "hashes", list_))
        yield number, f"a million hashes in {20 if number == 'G6' else 100} million breach lines", "5 times less CPU than sort and join", g6, "sort and join", 5

    g7.append(audit("csv", ["LIFE-01", "MFA-01", "REUSE-01", "REUSE-06"], groups, name="with SHA-256 of the inputs", digests=True))
    yield "G7", "a million rows of CSV: dates, two account rules, reuse", "2.5 times less CPU than polars for grouping alone", g7, "polars", 2.5

    g8 = [audit("ldif", ["LIFE-01"], lambda run: run["rows"]["ok"])]
    system = "/usr/bin/python3"
    if subprocess.run([system, "-c", "import ldif"], stderr=subprocess.DEVNULL).returncode == 0:
        count = lambda text: int(text)
        g8.append(Contender("python-ldap", [system, "-c", PYTHON_LDIF, ldif], count, f"python3 -c '...' {ldif}"))
    yield "G8", "an LDIF of a hundred thousand entries", "40 times less CPU than python-ldap", g8, "python-ldap", 40

    g9 = [audit("hospital", ["QUAL-04"], findings("QUAL-04"), "--wordlist", "words1")]
    yield "G9", "a hospital: 2,000 NT accounts, a million words", "30 ms of wall time", g9, None, 0.030

    g10 = audit("csv", [], lambda run: run["findings"]["count"], "--corpus", "corpus.txt", "--wordlist", "words")
    g10.argv[-1] = "text,csv"
    g10.shown = " ".join(g10.argv)
    total = lambda text: next(line.split("total")[1].strip() for line in text.splitlines() if line.startswith("  total"))
    argv = f"kagiban audit pwdump500 --as-of {AS_OF} --no-digest -o out --max-memory 2G --lang en --format text".split()
    yield "memory", "all rules: ten million accounts of 500 sites with --max-memory 2G", "at most 2048 MiB", [Contender("kagiban", argv, total)], None, 2048, "mib"
    argv = f"group --rows {100 * million} --max-memory 448".split()
    yield "grouping", "a hundred million digests with --max-memory 448M", "at most 512 MiB", [Contender("group", argv, lambda text: text.split(";")[0])], None, 512, "mib"

    yield "G10", "all rules: a million accounts of 40 sites, 20 million breach lines, 10 million words", "1.5 s of wall time on two cores", [g10], None, 1.5


def breached_digests(list_):
    """Distinct hashes that stand in the list, from the accounts that QUAL-03 names."""

    def count(_):
        named = set()
        for line in open("out/findings.jsonl", encoding="utf-8"):
            row = json.loads(line)
            if row["rule_id"] == "QUAL-03" and row["status"] == "new":
                named.add(row["account"].split("\\")[-1])
        digests = set()
        for path in glob.glob("pwdump/sites/*/ad/hashes.ntds"):
            for line in open(path, encoding="utf-8"):
                cells = line.split(":")
                if cells[0].split("\\")[-1] in named:
                    digests.add(cells[3])
        return len(digests)

    return count


def by_digest(cracked):
    """Accounts of the dump whose digest was cracked."""
    cracked = {line.split(":")[0] for line in cracked}
    lines = (line for path in glob.glob("pwdump/sites/*/ad/hashes.ntds") for line in open(path))
    return sum(line.split(":")[3] in cracked for line in lines)


def hashcat(mode, hashes, words, accounts):
    """Cracked digests, brought to accounts; a new pot for every run. Answers are asked after the
    first run, which is also the warm-up: hashcat compiles a kernel at its first use of a mode."""

    def fresh():
        for name in ("pot", "cracked"):
            if os.path.exists(name):
                os.remove(name)

    def answer(_):
        return accounts(open("cracked", encoding="utf-8", errors="replace"))

    argv = f"hashcat {mode} --potfile-path=pot -o cracked --self-test-disable --quiet {hashes} {words}"
    return Contender("hashcat", argv.split(), answer, argv, fresh)


# Modes of hashcat for the algorithms of benches/kernels.rs.
MODES = {"MD4 bare": 900, "NT endings": 1000, "MD5 bare": 0, "SHA-1 bare": 100, "SHA-256 bare": 1400, "SHA-512 bare": 1700}


def kernels(root):
    """Rows of benches/kernels.rs, with what `hashcat -b` gives for a core of the same machine."""
    argv = ["cargo", "bench", "--locked", "--quiet", "--bench", "kernels", "--", "--json"]
    out = subprocess.run(argv, cwd=root, capture_output=True, text=True, check=True).stdout
    rows = json.loads(out.strip().splitlines()[-1])
    for row in rows:
        if can_crack() and row["name"] in MODES and row["used"]:
            argv = ["hashcat", "-b", "-m", str(MODES[row["name"]]), "--machine-readable", "--quiet"]
            said = subprocess.run(argv, capture_output=True, text=True).stdout
            speeds = [line.split(":")[-1] for line in said.splitlines() if line.count(":") >= 5]
            row["hashcat"] = float(speeds[-1]) / os.cpu_count() if speeds else None
    return rows


def measure(job, runs):
    number, what, goal, contenders, peer, factor, *by = job
    by = by[0] if by else "cpu"
    for contender in contenders:
        first = contender.run()
        contender.found = contender.answer(first["text"])
        # Memory does not vary from run to run, and these take minutes.
        contender.runs = [first] if by == "mib" else []
    for _ in range(0 if by == "mib" else runs):
        for contender in contenders:
            contender.runs.append(contender.run())
    rows = []
    for contender in contenders:
        median = lambda key: round(statistics.median(run[key] for run in contender.runs), 4)
        answer = json.dumps(contender.found)
        rows.append({
            "name": contender.name, "command": contender.shown, "cpu": median("cpu"),
            "wall": median("wall"), "mib": round(median("mib")), "answer": answer,
            "digest": hashlib.sha256(answer.encode()).hexdigest()[:16],
        })
    ours, theirs = rows[0], next((row for row in rows if row["name"] == peer), None)
    result = {"id": number, "what": what, "goal": goal, "rows": rows,
              "equal": len({row["digest"] for row in rows}) == 1, "ratio": None, "met": None}
    if theirs:
        result["ratio"] = round(theirs[by] / ours[by], 2)
        result["met"] = result["equal"] and result["ratio"] >= factor
        result["needed"] = factor
    elif peer:
        result["needed"] = factor
    elif factor:
        result["by"] = "mib" if by == "mib" else "wall"
        result["met"], result["needed"] = ours[result["by"]] <= factor, factor
    print(number, [(row["name"], row["cpu"], row["wall"], row["answer"]) for row in rows], flush=True)
    return result


# Jobs that are another on more data, and how much longer they may take.
GROWTH = {"G1 x10": ("G1", "cpu", 10.5), "G2 x10": ("G2", "wall", 6), "G6 x5": ("G6", "cpu", 1.5)}


def grown(results):
    """Adds how much longer a job took than the smaller one."""
    by_id = {job["id"]: job for job in results}
    for number, (smaller, by, limit) in GROWTH.items():
        if number in by_id and smaller in by_id:
            times = by_id[number]["rows"][0][by] / by_id[smaller]["rows"][0][by]
            by_id[number]["growth"] = {"of": smaller, "by": by, "times": round(times, 2), "limit": limit}


def machine():
    cpu = open("/proc/cpuinfo", encoding="utf-8").read()
    field = lambda name: next(line.split(": ", 1)[1] for line in cpu.splitlines() if line.startswith(name))
    flags = set(field("flags").split())
    avx512 = {"avx512f", "avx512bw", "avx512dq", "avx512vl"} <= flags
    best = "avx512" if avx512 else "avx2" if "avx2" in flags else ""
    if best != "avx512" and "sha_ni" in flags:
        best = f"{best}-sha" if best else "sha"
    memory = int(open("/proc/meminfo", encoding="utf-8").readline().split()[1]) // 2**20
    cpu = f"{field('model name')} (family {field('cpu family')}, model {field('model')})"
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gib": memory,
            "kernel": os.uname().release.split("-")[0],
            "level": os.environ.get("KAGIBAN_LANES", best or "portable")}


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--force", action="store_true")
    ask.add_argument("--scale", type=int, default=1)
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--data", default="target/compare")
    ask.add_argument("--only", default="")
    options = ask.parse_args()
    load = os.getloadavg()[0]
    if load > 2 and not options.force:
        sys.exit(f"the load is {load:.1f}: figures would say nothing\nhint: wait, or --force and have the result marked")
    here, only = os.getcwd(), options.only.split(",") if options.only else None
    os.makedirs(options.data, exist_ok=True)
    os.chdir(options.data)
    version = subprocess.run([KAGIBAN, "--version"], capture_output=True, text=True).stdout.strip()
    peers = {name: library(name) for name in ("polars", "duckdb")}
    wanted = lambda number: not only or number in only
    made = jobs(options.scale, wanted)
    results = [measure(job, options.runs) for job in made if wanted(job[0])]
    grown(results)
    end = os.getloadavg()[0]
    lanes = kernels(here) if wanted("G5") else []
    record = {"machine": machine(), "version": version, "peers": {k: v for k, v in peers.items() if v},
              "scale": options.scale, "runs": options.runs, "load": [round(load, 1), round(end, 1)],
              "marked": max(load, end) > 2, "jobs": results, "kernels": lanes}
    with open(os.path.join(here, "benches/results.json"), "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.write("\n")


main()
