#!/usr/bin/env python3
"""Runs the job on two workers on this machine and compares its report with that of one `gainsay check`.

    test.py GAINSAY     from the folder of the project; needs Java and `pip install pyspark pandas pyarrow`
"""
import pathlib
import subprocess
import sys
import tempfile

FLAGS = ["--no-reviews", "--all", "--format"]
FORMATS = ["json", "text", "markdown", "csv", "csv-divergences", "sarif", "github"]


def main():
    gainsay = str(pathlib.Path(sys.argv[1]).resolve())
    job = str(pathlib.Path(__file__).with_name("compare.py"))
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        matches = f"{folder}/matches"
        command = [sys.executable, job, "articles", "--matches", matches, "--gainsay", gainsay, "--", *FLAGS, FORMATS[0]]
        reports = {FORMATS[0]: subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout}
        parts = len(list(pathlib.Path(matches).iterdir()))
        for name in FORMATS[1:]:
            command = [gainsay, "diff", "--no-config", *FLAGS, name, "--", matches]
            reports[name] = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        for name, report in reports.items():
            command = [gainsay, "check", "--no-config", *FLAGS, name, "--", "articles"]
            if subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout != report:
                wrong.append(name)
    if wrong or parts < 2:
        sys.exit(f"other reports: {', '.join(wrong)}; match files: {parts}")
    print(f"the same report in {len(reports)} formats, from {parts} match files")


if __name__ == "__main__":
    main()
