#!/usr/bin/env python3
"""Aggregates a base of the trade kernel to fewer regions and sectors.

    scripts/aggregate_economy.py BASE OUT --regions regions.csv --sectors sectors.csv

BASE is a folder of five tables (docs/guide/kernels.md, "solve trade"); OUT gets the same five. regions.csv has the
header country,region and sectors.csv sector,group; whoever is not named keeps his name. Order is that of first mention.

What is done, with X spending, s shares of suppliers, t = 1 + tariff, g and m shares of value added and of materials:
- flows without tariff X s / t and tariff revenue are added up; a region's tariff is its revenue over its flows, so that
  revenue is kept; members of a region trading with each other become its trade with itself, with their tariffs;
- sales, value added and use of materials by source are added up and divided again; a use that is below 0 (a balancing
  item of published tables) is left out;
- final shares are weighted with income (value added, revenue, deficit), elasticities with trade between regions (with
  all sales where none is traded);
- further columns of tariffs (tariff_2005 beside tariff_1993) are carried along, weighted with the same base flows;
- the sums are then brought into balance (the source is not exactly an equilibrium of the model): shares, deficits and
  coefficients stay, spending and value added move until the accounts close. The largest change of a region's value
  added is printed.
Standard library only; a minute for 44 countries and 50 sectors.
"""
import argparse
import csv
import os
from collections import defaultdict


def rows(*path):
    with open(os.path.join(*path), newline="") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def mapping(path, key, value):
    return {r[key]: r[value] for r in rows(path)} if path else {}


def ordered(names):
    return list(dict.fromkeys(names))


def aggregate(base, region_of, group_of):
    countries = rows(base, "countries.csv")
    columns = [c for c in rows(base, "flows.csv")[0] if c == "tariff" or c.startswith("tariff_")]
    tariff_column, others = columns[0], columns[1:]
    region = {r["country"]: region_of.get(r["country"], r["country"]) for r in countries}
    sectors = rows(base, "sectors.csv")
    group = {r["sector"]: group_of.get(r["sector"], r["sector"]) for r in sectors}
    theta = {r["sector"]: float(r["theta"]) if "theta" in r else 1 / float(r["inverse_theta"]) for r in sectors}

    spent, share_of_value, final = {}, {}, {}
    for r in rows(base, "production.csv"):
        key = r["country"], r["sector"]
        spent[key] = float(r["expenditure"])
        share_of_value[key] = float(r["value_added_share"])
        final[key] = float(r["final_expenditure_share"])

    flow, revenue, sales, income = (defaultdict(float) for _ in range(4))
    further = defaultdict(float)  # by cell and column: revenue at the other tariffs
    weight, home = defaultdict(float), defaultdict(float)  # by group and elasticity: trade between regions; all sales
    for r in rows(base, "flows.csv"):
        j, n, i = r["sector"], r["importer"], r["exporter"]
        net = spent[n, j] * float(r["trade_share"]) / (1 + float(r[tariff_column]))
        cell = group[j], region[n], region[i]
        flow[cell] += net
        revenue[cell] += net * float(r[tariff_column])
        sales[i, j] += net
        income[n] += net * float(r[tariff_column])
        for column in others:
            further[cell, column] += net * float(r[column])
        home[group[j], theta[j]] += net
        if region[n] != region[i]:
            weight[group[j], theta[j]] += net

    value, deficit = defaultdict(float), defaultdict(float)
    for r in countries:
        n = r["country"]
        value[region[n]] += float(r["value_added"])
        deficit[region[n]] -= float(r["surplus"])
        income[n] += float(r["value_added"]) - float(r["surplus"])
    wanted, sold, made, used = (defaultdict(float) for _ in range(4))
    for (n, j), a in final.items():
        wanted[region[n], group[j]] += a * income[n]
        sold[region[n], group[j]] += sales[n, j]
        made[region[n], group[j]] += sales[n, j] * share_of_value[n, j]
    for r in rows(base, "inputs.csv"):
        n, k, j = r["country"], r["source_sector"], r["using_sector"]
        used[region[n], group[k], group[j]] += (
            float(r["share_of_materials"]) * (1 - share_of_value[n, j]) * sales[n, j])

    regions, groups = ordered(region.values()), ordered(group.values())
    elasticity = {}
    for g in groups:
        by = weight if any(w > 0 for (h, _), w in weight.items() if h == g) else home
        total = sum(w for (h, _), w in by.items() if h == g)
        elasticity[g] = sum(t * w for (h, t), w in by.items() if h == g) / total
    return dict(others=others, further=further, regions=regions, groups=groups, theta=elasticity, flow=flow, revenue=revenue, value=value,
                deficit=deficit, wanted=wanted, sold=sold, made=made, used=used)


def shares(w):
    """Coefficients from sums: share, tariff, value added, inputs, final."""
    R, G = w["regions"], w["groups"]
    share, tariff, g, m, a = {}, {}, {}, {}, {}
    for j in G:
        for n in R:
            total = sum(w["flow"][j, n, i] + w["revenue"][j, n, i] for i in R)
            for i in R:
                net = w["flow"][j, n, i]
                share[j, n, i] = (net + w["revenue"][j, n, i]) / total
                tariff[j, n, i] = w["revenue"][j, n, i] / net if net > 0 else 0.0
    for n in R:
        total = sum(w["wanted"][n, j] for j in G)
        for j in G:
            a[n, j] = w["wanted"][n, j] / total
            g[n, j] = w["made"][n, j] / w["sold"][n, j] if w["sold"][n, j] > 0 else 1.0
            used = {k: max(w["used"][n, k, j], 0.0) for k in G}
            materials = sum(used.values())
            for k in G:
                m[n, k, j] = used[k] / materials if materials > 0 else 0.0
    return share, tariff, g, m, a


def balance(w, share, tariff, g, m, a):
    """Spending and value added that close the accounts; the world's value added stays."""
    R, G = w["regions"], w["groups"]
    world = sum(w["value"].values())
    value = dict(w["value"])
    spent = {(n, j): sum(w["flow"][j, n, i] + w["revenue"][j, n, i] for i in R) for n in R for j in G}
    net = {c: share[c] / (1 + tariff[c]) for c in share}
    for _ in range(100000):
        sales = {(i, j): sum(net[j, n, i] * spent[n, j] for n in R) for i in R for j in G}
        value = {n: sum(g[n, j] * sales[n, j] for j in G) for n in R}
        scale = world / sum(value.values())
        revenue = {n: sum(spent[n, j] * (1 - sum(net[j, n, i] for i in R)) for j in G) for n in R}
        new = {}
        for n in R:
            income = value[n] + revenue[n] + w["deficit"][n]
            for k in G:
                new[n, k] = a[n, k] * income + sum(m[n, k, j] * (1 - g[n, j]) * sales[n, j] for j in G)
        new = {p: x * scale for p, x in new.items()}
        change = max(abs(new[p] / spent[p] - 1) for p in new)
        spent = new
        if change < 1e-14:
            break
    value = {n: v * scale for n, v in value.items()}
    return spent, value


def write(out, name, header, lines, note):
    with open(os.path.join(out, name), "w", newline="") as f:
        f.write(note)
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("base")
    p.add_argument("out")
    p.add_argument("--regions")
    p.add_argument("--sectors")
    p.add_argument("--note", default="", help="a line to stand at the head of every table")
    args = p.parse_args()
    w = aggregate(args.base, mapping(args.regions, "country", "region"), mapping(args.sectors, "sector", "group"))
    share, tariff, g, m, a = shares(w)
    spent, value = balance(w, share, tariff, g, m, a)
    worst = max(w["regions"], key=lambda n: abs(value[n] / w["value"][n] - 1))
    print(f"largest change of value added: {worst}, {100 * (value[worst] / w['value'][worst] - 1):.2f} %")
    R, G = w["regions"], w["groups"]
    note = f"# {args.note}\n" if args.note else ""
    os.makedirs(args.out, exist_ok=True)

    def number(x):
        return f"{x:.12g}"

    write(args.out, "countries.csv", ["country", "value_added", "surplus"],
          [[n, number(value[n]), number(-w["deficit"][n])] for n in R], note)
    write(args.out, "sectors.csv", ["sector", "theta"], [[j, number(w["theta"][j])] for j in G], note)
    write(args.out, "production.csv",
          ["country", "sector", "value_added_share", "final_expenditure_share", "expenditure"],
          [[n, j, number(g[n, j]), number(a[n, j]), number(spent[n, j])] for n in R for j in G], note)
    write(args.out, "inputs.csv", ["country", "source_sector", "using_sector", "share_of_materials"],
          [[n, k, j, number(m[n, k, j])] for n in R for k in G for j in G if m[n, k, j] != 0], note)
    def further(cell):
        return [number(w["further"][cell, column] / w["flow"][cell]) for column in w["others"]]

    write(args.out, "flows.csv", ["sector", "importer", "exporter", "trade_share", "tariff"] + w["others"],
          [[j, n, i, number(share[j, n, i]), number(tariff[j, n, i])] + further((j, n, i)) for j in G for n in R
           for i in R if share[j, n, i] > 0], note)


if __name__ == "__main__":
    main()
