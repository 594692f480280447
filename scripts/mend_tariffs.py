#!/usr/bin/env python3
"""Turns round tariffs that a base of the trade kernel holds the wrong way, with the spending that was made of them.

    scripts/mend_tariffs.py TABLES OUT [--mirrors FILE] [--in-force FILE] [--published FILE]

TABLES is a folder of five tables (docs/guide/kernels.md, "solve trade") with the 44 countries and 50 sectors of the
World Input-Output Database; OUT gets the same five, mended, for scripts/aggregate_economy.py to make smaller.

The fault. The tables come from a file in which a tariff's origin is who levies it; they were read as if it were who
sells. So the cell (importer, exporter) holds what the exporter charges on the importer's goods. Flows are the right way
round, but spending was made of flow x (1 + the tariff as labelled).

The cure, cell by cell: net flow = spending x share / (1 + labelled); the tariff is that labelled (exporter, importer);
spending = net x (1 + tariff). Shares and spending are added up anew; sales, value added and inputs rest on net flows and
stay. Final spending on a good takes up what spending on it changed by (in the source it is what uses as inputs leave).
A cell whose trade back is zero has no mirror in the tables: its rate is in --mirrors (not listed: 0).

The judgement, before anything is written, of labelled and mended side by side; any that fails ends the run with 1:
- rates that were in force (--in-force: sector, importer, exporter, low, high in percent): all lie between;
- members of the European Union levy one tariff: the mean over sectors and outsiders of the spread between members (in
  points; the rest of it is every member's own basket) falls by half at least;
- --published (sector, importer, exporter, tariff of another source): the correlation over pairs rises in every sector.
Standard library only; ten seconds.
"""
import argparse
import csv
import os
import statistics
import sys
from collections import defaultdict

UNION = ("AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN "
         "SWE").split()


def rows(*path):
    with open(os.path.join(*path), newline="") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def number(x):
    return f"{x:.15g}"


def mean(x):
    return sum(x) / len(x)


def spread(tariff, goods):
    """Mean over goods and outsiders of the standard deviation between members, in points."""
    outsiders = sorted({i for _, _, i in tariff} - set(UNION))
    found = []
    for j in goods:
        for i in outsiders:
            rates = [tariff[j, n, i] for n in UNION if (j, n, i) in tariff]
            if len(rates) > 20:
                found.append(100 * statistics.pstdev(rates))
    return mean(found)


def correlation(pairs):
    a, b = zip(*pairs)
    ma, mb = mean(a), mean(b)
    va, vb = sum((x - ma) ** 2 for x in a), sum((x - mb) ** 2 for x in b)
    return sum((x - ma) * (y - mb) for x, y in pairs) / (va * vb) ** 0.5 if va * vb > 0 else 0.0


def judge(labelled, tariff, args):
    """Prints what was found; the list of what failed."""
    failed = []
    goods = [f"C{k:02}" for k in range(1, 23)]
    before, after = spread(labelled, goods), spread(tariff, goods)
    print(f"spread between members of the Union: {before:.2f} points as labelled, {after:.2f} mended")
    if not after <= before / 2:
        failed.append("spread between members of the Union")
    for r in rows(args.in_force) if args.in_force else []:
        cell = r["sector"], r["importer"], r["exporter"]
        low, high = float(r["low"]), float(r["high"])
        was, now = 100 * labelled[cell], 100 * tariff[cell]
        good = low <= now <= high
        print(f"in force {' '.join(cell)}: {low:g} to {high:g} ({r['what']}); labelled {was:.2f}, mended {now:.2f}"
              + ("" if good else "  OUTSIDE"))
        if not good:
            failed.append("in force " + " ".join(cell))
    published = defaultdict(list)
    for r in rows(args.published) if args.published else []:
        cell = r["sector"], r["importer"], r["exporter"]
        if cell in tariff and cell[1] != cell[2]:
            published[cell[0]].append((float(r["tariff"]), labelled[cell], tariff[cell]))
    for j, found in published.items():
        was, now = (correlation([(f[0], f[k]) for f in found]) for k in (1, 2))
        print(f"correlation with published rates, {j}: {was:.2f} as labelled, {now:.2f} mended")
        if not now > was:
            failed.append("correlation " + j)
    return failed


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("tables")
    p.add_argument("out")
    for name in ("mirrors", "in-force", "published"):
        p.add_argument("--" + name)
    args = p.parse_args()

    flows, production = rows(args.tables, "flows.csv"), rows(args.tables, "production.csv")
    spent = {(r["country"], r["sector"]): float(r["expenditure"]) for r in production}
    labelled, net = {}, {}
    for r in flows:
        cell = r["sector"], r["importer"], r["exporter"]
        labelled[cell] = float(r["tariff"])
        net[cell] = spent[cell[1], cell[0]] * float(r["trade_share"]) / (1 + labelled[cell])
    mirror = {(r["sector"], r["importer"], r["exporter"]): float(r["tariff"])
              for r in (rows(args.mirrors) if args.mirrors else [])}
    tariff = {(j, n, i): labelled.get((j, i, n), mirror.get((j, n, i), 0.0)) for j, n, i in net}
    alone = sum(x for (j, n, i), x in net.items() if (j, i, n) not in net)
    print(f"without a mirror in the tables: {100 * alone / sum(x for c, x in net.items() if c[1] != c[2]):.2f} % of trade")
    failed = judge(labelled, tariff, args)
    if failed:
        sys.exit("not written, since these failed: " + ", ".join(failed))

    value = {c: net[c] * (1 + tariff[c]) for c in net}
    total, income = defaultdict(float), defaultdict(float)
    for (j, n, _), x in value.items():
        total[n, j] += x
    for c, x in net.items():
        income[c[1]] += x * labelled[c]
    for r in rows(args.tables, "countries.csv"):
        income[r["country"]] += float(r["value_added"]) - float(r["surplus"])
    final = {}
    for r in production:
        n, j = key = r["country"], r["sector"]
        final[key] = max(float(r["final_expenditure_share"]) * income[n] + total[key] - spent[key], 0.0)
    of_all = defaultdict(float)
    for (n, _), x in final.items():
        of_all[n] += x

    os.makedirs(args.out, exist_ok=True)

    def write(name, header, lines):
        with open(os.path.join(args.out, name), "w", newline="") as f:
            writer = csv.writer(f, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(lines)

    for name in ("countries.csv", "sectors.csv", "inputs.csv"):
        table = rows(args.tables, name)
        write(name, list(table[0]), [list(r.values()) for r in table])
    write("production.csv", ["country", "sector", "value_added_share", "final_expenditure_share", "expenditure"],
          [[r["country"], r["sector"], r["value_added_share"],
            number(final[r["country"], r["sector"]] / of_all[r["country"]]), number(total[r["country"], r["sector"]])]
           for r in production])
    write("flows.csv", ["sector", "importer", "exporter", "trade_share", "tariff"],
          [[j, n, i, number(value[j, n, i] / total[n, j]), number(tariff[j, n, i])] for j, n, i in value])


if __name__ == "__main__":
    main()
