#!/usr/bin/env python3
"""What an alignment's codings add: the answer against "one ingredient only" and "sizes shuffled".

    scripts/baselines.py [--entente build/entente] [--draws 1000] [--shuffles 40] situations/history/europe-1939

Every variant is a copy of the situation's folder, changed and scored by `entente history`. Printed for each:
the expected number of wrong claims (the sum over scored claims of the distance of the probability from 0 or 1), the mean
Brier score, and the claims on the wrong side of one half. For shuffled sizes: the mean over permutations and the share of them
that do as well as the situation or better. A measure's table has the sizes in the column that the situation names.
"""
import argparse
import csv
import json
import pathlib
import random
import re
import shutil
import subprocess
import tempfile


def history(args, path):
    """The scored claims: name -> (probability, outcome)."""
    out = subprocess.run([args.entente, "history", str(path), "--json", "--draws", str(args.draws), "--seed", "1"],
                         check=True, capture_output=True, text=True).stdout
    return {o["name"]: (o["probability"], o["outcome"] == "true") for o in json.loads(out)["outcomes"]
            if o["scored"] and "probability" in o}


def score(claims):
    """Expected errors, mean Brier score, names of misses."""
    wrong = [abs(p - happened) for p, happened in claims.values()]
    return sum(wrong), sum(w * w for w in wrong) / len(wrong), [n for n, w in zip(claims, wrong) if w > 0.5]


def sections(text):
    """Kinds of evidence, and the table and column of each measure of size."""
    part = lambda name: re.search(rf"^{name}:[^\n]*\n((?:[ #][^\n]*\n|\n)*)", text, re.M)[1]
    kinds = re.findall(r"^  ([\w-]+):", part("evidence"), re.M)
    sizes = re.findall(r"^  ([\w-]+): *\{table: ([\w/.-]+), column: ([\w-]+)", part("sizes"), re.M)
    return kinds, sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("situation", type=pathlib.Path)
    parser.add_argument("--entente", default="build/entente")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--shuffles", type=int, default=40)
    args = parser.parse_args()
    base = args.situation / "situation.yaml"
    kinds, sizes = sections(base.read_text(encoding="utf-8"))
    print("| variant | expected errors | Brier | misses |\n|---|---|---|---|")

    def row(name, claims):
        errors, brier, misses = score(claims)
        print(f"| {name} | {errors:.1f} | {brier:.3f} | {', '.join(misses) or 'none'} |", flush=True)
        return errors

    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / args.situation.resolve().name
        shutil.copytree(args.situation, copy)
        dissent = copy / "one-ingredient.yaml"
        full = row("all ingredients", history(args, copy))
        for only in kinds:
            off = "".join(f"  {k}: {{weight: 0}}\n" for k in kinds if k != only)
            dissent.write_text(f"entente: 1\ndissents-from: situation.yaml\nevidence:\n{off}", encoding="utf-8")
            row(f"{only} only", history(args, dissent))
        rng, errors, briers = random.Random(1), [], []
        tables = sorted({table for _, table, _ in sizes})
        for _ in range(args.shuffles):
            for table in tables:
                lines = (base.parent / table).read_text(encoding="utf-8").splitlines()
                rows = list(csv.DictReader(l for l in lines if l[:1] != "#"))
                other = list(rows)
                rng.shuffle(other)
                with open(copy / table, "w", encoding="utf-8", newline="") as f:
                    out = csv.DictWriter(f, rows[0].keys(), lineterminator="\n")
                    out.writeheader()
                    out.writerows({**o, "actor": r["actor"]} for r, o in zip(rows, other))
            e, b, _ = score(history(args, copy))
            errors.append(e)
            briers.append(b)
        if errors:
            n = len(errors)
            print(f"| sizes shuffled, mean of {n} | {sum(errors) / n:.1f} | {sum(briers) / n:.3f} | "
                  f"{sum(e <= full for e in errors)} of {n} do as well or better |")


if __name__ == "__main__":
    main()
