#!/usr/bin/env python3
"""Compares articles on claims with gainsay on a Spark cluster: matching in many places, one report.

    compare.py ARTICLES --claims CLAIMS --matches FOLDER [--master URL] [--gainsay PROGRAM] [-- FLAGS OF gainsay diff]

ARTICLES is a folder that every machine sees under the same path, as are CLAIMS and FOLDER. Each task runs `gainsay match` over the
files of its partition and leaves a match file in FOLDER, named after what is in it; `gainsay diff` then makes the report here. It is the
report of `gainsay check ARTICLES --claims CLAIMS`, byte for byte, run from the same folder; only what it says of files that are no
articles is missing.
"""
import argparse
import hashlib
import os
import pathlib
import subprocess
import sys

import pandas
from pyspark.sql import SparkSession

# What gainsay takes for articles in a folder; each also with .gz.
ENDINGS = (".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".ndjson")
# Paths that go to one run of the program: systems bound the length of a command line.
PATHS_A_RUN = 2_000


def articles(folder):
    """The files that `gainsay check FOLDER` would read, without hidden ones, sorted."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            plain = name.lower().removesuffix(".gz")
            if not name.startswith(".") and plain.endswith(ENDINGS):
                found.append(os.path.join(parent, name))
    return sorted(found)


def matcher(program, claims, folder, here):
    """The work of a task, as a function that Spark can send to a machine."""

    def match(batches):
        paths = [path for batch in batches for path in batch["path"]]
        for start in range(0, len(paths), PATHS_A_RUN):
            run = paths[start : start + PATHS_A_RUN]
            # The same paths give the same name, so a task that is run again writes the same file again, whole or not at all.
            name = hashlib.sha256("\0".join(run).encode("utf-8", "surrogateescape")).hexdigest()[:32]
            file = os.path.join(folder, f"{name}.jsonl")
            command = [program, "match", "--no-config", "--jobs", "1", "--claims", claims, "--output", file, "--", *run]
            done = subprocess.run(command, cwd=here, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if done.returncode != 0:
                raise RuntimeError(f"gainsay match ended with {done.returncode}: {done.stderr}")
            yield pandas.DataFrame({"file": [file], "articles": [len(run)]})

    return match


def main():
    arguments, flags = sys.argv[1:], []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, flags = arguments[:at], arguments[at + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("--claims", default="claims")
    parser.add_argument("--matches", required=True, type=pathlib.Path, help="folder for the match files; it must be empty or not there")
    parser.add_argument("--master", default="local-cluster[2,1,1024]", help="default: two workers on this machine")
    parser.add_argument("--partitions", type=int, default=0, help="default: three for each core of the cluster")
    parser.add_argument("--gainsay", default="gainsay", help="the program, on every machine")
    args = parser.parse_args(arguments)

    paths = articles(args.articles)
    if not paths:
        sys.exit(f"there are no articles in {args.articles}")
    args.matches.mkdir(parents=True, exist_ok=True)
    if any(args.matches.iterdir()):
        sys.exit(f"{args.matches} is not empty; match files of an earlier run would be reported too")
    folder, here = str(args.matches.resolve()), os.getcwd()

    # Workers that are started on this machine must find the Python and its packages that run this.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master(args.master).appName("gainsay").getOrCreate()
    partitions = args.partitions or 3 * spark.sparkContext.defaultParallelism
    rows = spark.sparkContext.parallelize([(path,) for path in paths], min(partitions, len(paths))).toDF("path string")
    done = rows.mapInPandas(matcher(args.gainsay, args.claims, folder, here), "file string, articles long").collect()
    spark.stop()
    print(f"{sum(row.articles for row in done)} files in {len(done)} match files", file=sys.stderr)

    diff = [args.gainsay, "diff", "--no-config", "--claims", args.claims, *flags, "--", folder]
    sys.exit(subprocess.run(diff).returncode)


if __name__ == "__main__":
    main()
