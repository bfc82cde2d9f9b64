#!/usr/bin/env python3
"""Measures gainsay on loads: processor time, time, and peak memory of each way to a report.

    measure.py GAINSAY LOAD...      a LOAD is a folder with articles.jsonl and a folder claims
"""
import filecmp
import os
import pathlib
import subprocess
import sys
import tempfile
import time


def run(name, command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    busy = usage.ru_utime + usage.ru_stime
    print(f"  {name:22} {busy:8.2f} s of processor {time.perf_counter() - start:8.2f} s {usage.ru_maxrss / 1024:8.0f} MiB", flush=True)


def same(one, other):
    # Piece by piece: what this program takes would count as a child's peak.
    if not filecmp.cmp(one, other, shallow=False):
        sys.exit(f"{other.name} is another report than {one.name}")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    gainsay = str(pathlib.Path(sys.argv[1]).resolve())
    for load in map(pathlib.Path, sys.argv[2:]):
        articles, claims = load / "articles.jsonl", load / "claims"
        print(f"{load.name}: {articles.stat().st_size / 1e6:.1f} MB of articles, {len(list(claims.iterdir()))} claim files")
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            flags = ["--no-config", "--claims", str(claims)]
            report = [*flags, "--no-reviews", "--format", "json", "--output"]
            run("wc -w", ["wc", "-w", str(articles)])
            run("check", [gainsay, "check", str(articles), *report, str(folder / "check")])
            run("match", [gainsay, "match", str(articles), *flags, "--output", str(folder / "matches")])
            run("diff", [gainsay, "diff", str(folder / "matches"), *report, str(folder / "diff")])
            cache = ["--cache", str(folder / "cache")]
            run("check, cache empty", [gainsay, "check", str(articles), *report, str(folder / "first"), *cache])
            run("check, cache full", [gainsay, "check", str(articles), *report, str(folder / "again"), *cache])
            for other in ("diff", "first", "again"):
                same(folder / "check", folder / other)
            print(f"  {(folder / 'check').stat().st_size / 1e6:.1f} MB of report, the same each way")


if __name__ == "__main__":
    main()
