"""Questions asked of an export of gongkai, with the standard library alone.

    gongkai export --out export --tables v_current_report,v_harmonised
    python3 recipe.py export disclosure
    python3 recipe.py export zero

Writes CSV to standard output. Python 3.8 or later.
"""

import csv
import sys
from collections import defaultdict
from decimal import Decimal
from math import sqrt
from pathlib import Path

FEWEST = 10  # no rate on fewer cases than this
Z = 1.96


def rows(folder, table):
    """The rows of a table. utf-8-sig also takes files written with --excel."""
    with open(Path(folder) / (table + ".csv"), encoding="utf-8-sig", newline="") as f:
        yield from csv.DictReader(f)


def figure(text):
    """A figure as it is: exact, and None where it is not known, never 0."""
    return Decimal(text) if text else None


def measures(folder):
    """The figures of every report: {report_id: {measure: figure}}. An id is text."""
    reports = defaultdict(dict)
    for row in rows(folder, "v_harmonised"):
        reports[row["report_id"]][row["measure"]] = figure(row["value"])
    return reports


def wilson(x, n):
    """The 95 % interval of x of n cases."""
    p = x / n
    middle, half = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return (middle - half) / (1 + Z * Z / n), (middle + half) / (1 + Z * Z / n)


def disclosure(folder):
    """What share of the requests answered was granted in whole or in part?"""
    figures = measures(folder)
    groups = defaultdict(lambda: [0, 0, Decimal(0), Decimal(0)])
    for report in rows(folder, "v_current_report"):
        f = figures[report["report_id"]]
        if not report["year"] or "requests_processed" not in f:
            continue  # the statistics form of 2014 has no such total
        group = groups[report["level"], report["scope"], report["year"]]  # scopes are never added
        group[0] += 1
        parts = f.get("granted"), f.get("partly_granted"), f["requests_processed"]
        if None in parts or parts[0] + parts[1] > parts[2]:
            continue  # not known, or the figures contradict each other
        group[1] += 1
        group[2] += parts[0] + parts[1]
        group[3] += parts[2]
    yield "level", "scope", "year", "reports", "used", "disclosed", "processed", "share", "low", "high"
    for key, (reports, used, disclosed, processed) in sorted(groups.items()):
        rate = ["", "", ""]  # no requests give no rate, neither 0 nor 1
        if processed > 0 and processed >= FEWEST:
            x, n = float(disclosed), float(processed)
            rate = ["%.4f" % v for v in (x / n, *wilson(x, n))]
        yield (*key, reports, used, int(disclosed), int(processed), *rate)


def zero(folder):
    """How many reports say that no request was received, how many say nothing?"""
    groups = defaultdict(lambda: [0, 0, 0])
    for row in rows(folder, "v_harmonised"):
        if row["measure"] != "requests_received" or not row["year"]:
            continue
        group, value = groups[row["year"], row["scope"]], figure(row["value"])
        group[0] += 1
        group[1] += value == 0
        group[2] += value is None
    yield "year", "scope", "reports", "zero", "unknown"
    for key, counts in sorted(groups.items()):
        yield (*key, *counts)


def main():
    questions = {"disclosure": disclosure, "zero": zero}
    if len(sys.argv) != 3 or sys.argv[2] not in questions:
        sys.exit("usage: recipe.py FOLDER disclosure|zero")
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    csv.writer(sys.stdout, lineterminator="\n").writerows(questions[sys.argv[2]](sys.argv[1]))


if __name__ == "__main__":
    main()
