#!/usr/bin/env python3
"""Measures what a long ledger of decisions costs `check`, in turn with runs without one, so that other work slows all alike.

    ledger.py GAINSAY LOAD [ROUNDS [DECISIONS]]      a LOAD is a folder with articles.jsonl or a folder articles, and a folder claims

The decisions are those on all divergences of the load, written again and again: as they are, and with other ids on other claims, on the
same claims with articles of another run, and on the same claims and articles, where the report tells all of them as stale; the same of 200 such
decisions shows what telling them costs. Once more the other articles with a decision that `review` adds before each run. Of each ledger the
median over the rounds is printed, of the time and of the processor time, against the run of the same round without a ledger; and the
time of the first run, which reads all of a long ledger.
"""
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time


def run(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def decided(gainsay, inputs, ledger):
    """The divergences, and the lines of a ledger that decides on all of them."""
    command = [gainsay, "check", *inputs, "--no-reviews", "--format", "json"]
    report = subprocess.run(command, capture_output=True, check=True).stdout
    ids = [divergence["id"] for divergence in json.loads(report)["divergences"]]
    decide = [flag for id in ids for flag in ("--dismiss", id)]
    command = [gainsay, "review", *inputs, "--reviews", str(ledger), *decide, "--reviewer", "Ada"]
    subprocess.run(command, capture_output=True, check=True)
    return ids, ledger.read_text().splitlines()


def written_anew(line, nth, sort):
    if sort == "same divergences":
        return line
    decision = json.loads(line)
    decision["id"] = f"{random.getrandbits(64):016x}"
    if sort == "other claims":
        decision["on"]["claim"] += f"-{nth // 50}"
    if sort == "other articles":
        for side in decision["on"]["sides"]:
            side["evidence"] = {f"{id}-{nth // 50}": matches for id, matches in side["evidence"].items()}
    return json.dumps(decision, ensure_ascii=False, separators=(",", ":"))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    gainsay, load = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    rounds, decisions = (int(number) for number in [*sys.argv[3:5], *("31", "100000")[len(sys.argv[3:5]) :]])
    articles = next(path for path in (load / "articles.jsonl", load / "articles") if path.exists())
    inputs = [str(articles), "--no-config", "--claims", str(load / "claims")]
    random.seed(0)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        ids, lines = decided(gainsay, inputs, folder / "of the run")
        ledgers = {"no ledger": ["--no-reviews"], f"{len(lines)} of the run": ["--reviews", str(folder / "of the run")]}
        for name, sort, count in (
            ("other claims", "other claims", decisions),
            ("other articles", "other articles", decisions),
            ("same claims", "same claims", decisions),
            ("200 of the same claims", "same claims", 200),
            ("same divergences", "same divergences", decisions),
            ("after a review", "other articles", decisions),
        ):
            path = folder / name
            with path.open("w") as file:
                for nth in range(count):
                    print(written_anew(lines[nth % len(lines)], nth, sort), file=file)
            ledgers[f"{name}, {path.stat().st_size / 1e6:.1f} MB"] = ["--reviews", str(path)]
        # Where the system keeps whole seconds, a ledger must have been left alone for two; what is kept of it goes in here.
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        time.sleep(2.5)
        first, runs = {}, {name: [] for name in ledgers}
        for turn in range(1 + rounds):
            for name, flags in ledgers.items():
                if name.startswith("after a review") and turn > 0:
                    decision = ("--dismiss", "--reopen")[turn % 2]
                    run([gainsay, "review", *inputs, *flags, decision, ids[turn // 2 % len(ids)], "--reviewer", "Ada"])
                took = run([gainsay, "check", *inputs, *flags, "--format", "json"])
                first[name] = first.get(name, took)
                if turn > 0:
                    runs[name].append(took)
    without = runs["no ledger"]
    print(f"{load.name}, {decisions} decisions, {rounds} rounds: against the run without a ledger")
    for name, those in runs.items():
        spent, busy = (
            statistics.median(one[of] / base[of] for one, base in zip(those, without)) * 100 - 100 for of in (0, 1)
        )
        print(f"  {name:24} {spent:+6.1f} % time {busy:+6.1f} % processor {max(one[2] for one in those):6.0f} MiB, the first time {first[name][0] / first['no ledger'][0] * 100 - 100:+.0f} % time")


if __name__ == "__main__":
    main()
