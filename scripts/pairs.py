#!/usr/bin/env python3
"""Religion and government of pairs of nations, from the codings of single nations.

    scripts/pairs.py situations/history/europe-1939/data

reads nations.csv and writes religion.csv and government.csv beside it (columns a,b,value), one row for each pair.

Religion: s is the common share, the sum over faiths of the smaller of the two shares; the value is s + (1 - s) u, where u
is the driver `unlike-faith` (what it is worth not to share a faith, between -1 and 0). A value of 1 is the same faith
throughout. The atheist state's people are taken as Orthodox to the share `soviet-orthodox`.
Government: 1 for the same type, the driver `unlike-rule` for different ones. Fascist states, militarist ones and other
dictatorships of the right are alike to the degree `fascist-right`; a `mixed` one is a democracy to the degree `mixed-democracy`.
"""
import csv
import itertools
import pathlib
import sys

FAITHS = ("catholic", "protestant", "orthodox", "buddhist")
RIGHT = {"fascist", "right", "militarist"}


def religion(a, b):
    """The cell of a pair."""
    common = sum(min(float(a.get(f) or 0), float(b.get(f) or 0)) for f in FAITHS) / 100
    atheist = [x for x in (a, b) if float(x["atheist"]) > 0]
    if len(atheist) == 2:
        return "1"
    if atheist:
        other = b if atheist[0] is a else a
        orthodox = float(other["orthodox"]) / 100
        if orthodox < 0.05:
            return "unlike-faith"
        return f"= min({orthodox:g}, soviet-orthodox) * (1 - unlike-faith) + unlike-faith"
    return f"= {common:.2f} + {1 - common:.2f} * unlike-faith"


def government(a, b):
    """The cell of a pair."""
    pair = {a["government"], b["government"]}
    if len(pair) == 1:
        return "1"
    if pair <= RIGHT:
        return "= fascist-right + (1 - fascist-right) * unlike-rule"
    if pair == {"mixed", "democracy"}:
        return "= mixed-democracy + (1 - mixed-democracy) * unlike-rule"
    if pair == {"mixed", "right"}:
        return "= 1 - mixed-democracy + mixed-democracy * unlike-rule"
    return "unlike-rule"


def main(folder):
    """Reads the nations, writes the two tables."""
    with open(folder / "nations.csv", encoding="utf-8") as f:
        nations = list(csv.DictReader(line for line in f if not line.startswith("#")))
    for name, cell in (("religion", religion), ("government", government)):
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as f:
            f.write("# Made by scripts/pairs.py from nations.csv.\n")
            out = csv.writer(f, lineterminator="\n")
            out.writerow(("a", "b", "value"))
            for a, b in itertools.combinations(nations, 2):
                out.writerow((a["actor"], b["actor"], cell(a, b)))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
