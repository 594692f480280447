#!/usr/bin/env python3
"""Makes a base of the trade kernel for 2022: flows of that year, inputs lent by 2014.

    scripts/economy_2022.py ICIO.mat TABLES OUT --war FILE --product FILE [--day 2022-12-31]

ICIO.mat holds flows of 81 economies and 28 sectors (OECD Inter-Country Input-Output tables, Extended, year 2022, summed
over intermediate and final use, basic prices) and tariffs (data/Xjik_3D and data/tjik_3D, sector by importer by
exporter, HDF5). TABLES is a folder of five tables of 2014 with the 44 countries and 50 sectors of the World Input-Output
Database, its tariffs turned round (scripts/mend_tariffs.py). OUT gets five tables, 81 by 28, for
scripts/aggregate_economy.py to make smaller. Needs python3-h5py; the project neither builds nor tests with it.

Tariffs of the source are simple averages over divisions of ISIC Rev. 3 in 2021, copied from 16 sectors to 28; so:
- services: 0 (rates of electricity and films stood for all of them);
- members of the European Union: one tariff towards outsiders, the median of the 27; among themselves, and with the
  United Kingdom, 0 as it stands;
- food was averaged half and half with tobacco, motor vehicles with ships and aircraft. Of two that make an average,
  neither is above twice that; below it, the rate is that of 2014 where importer and exporter are among its countries
  (cars and parts of China, cut in July 2018 from 25 and 10 to 15 and 6, times 0.6). Other importers' food: no more than
  their rate on farming;
- the rest of the world and Hong Kong charge nothing in the source. Hong Kong does; the rest of the world gets the median
  of all importers outside the Union;
- what was added since 2018 and was in force on --day stands in --war, by date, with its source.

Inputs are those of 2014: value added, inputs and final use of a country in TABLES, its rest of the world's for the other
38, columns of sectors that 2014 has as one copied, rows split by the country's spending of 2022 on each; refineries buy
oil and gas of all mining. All shares of materials of a country are multiplied with one number, so that its value added
is its gross domestic product of 2022 in --product (iso3, year, usd) times what value added at basic prices is of product
(taxes on goods are no value added; the ratio of all countries of 2014 together); by half at least. Then uses are fitted (RAS, each country
by itself) to sales and spending of 2022: the accounts close to rounding.
"""
import argparse
import csv
import os
import sys
from collections import defaultdict

import h5py
import numpy as np

OF_2014 = {"A01": [1], "A02": [2], "A03": [3], "B05": [4], "B06": [4], "B07": [4], "B08": [4], "B09": [4], "C10T12": [5],
           "C13T15": [6], "C16": [7], "C17_18": [8, 9], "C19": [10], "C20": [11], "C21": [12], "C22": [13], "C23": [14],
           "C24A": [15], "C24B": [15], "C25": [16], "C26": [17], "C27": [18], "C28": [19], "C29": [20], "C301": [21],
           "C302T309": [21], "C31T33": [22, 23], "D-U": list(range(24, 51))}
UNION = ("AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN "
         "SWE").split()
GOODS = 27  # all but the last sector


def rows(*path):
    with open(os.path.join(*path), newline="") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def source(path):
    with h5py.File(path) as f:
        def names(d):
            return ["".join(chr(c) for c in f[r][()].ravel()) for r in d[()].ravel()]
        countries, sectors = names(f["data/countries"]), names(f["data/sectors"])
        sectors[-1] = "D-U"
        return countries, sectors, f["data/Xjik_3D"][()], f["data/tjik_3D"][()]


class Old:
    """2014, by code of ICIO."""

    def __init__(self, folder):
        self.countries = [r["country"] for r in rows(folder, "countries.csv")]
        self.theta = [1 / float(r["inverse_theta"]) for r in rows(folder, "sectors.csv")]
        n, m = len(self.countries), len(self.theta)
        at = {c: k for k, c in enumerate(self.countries)}
        self.at = at
        spent, self.g, self.a = (np.zeros((n, m)) for _ in range(3))
        for r in rows(folder, "production.csv"):
            p = at[r["country"]], int(r["sector"][1:]) - 1
            spent[p], self.g[p] = float(r["expenditure"]), float(r["value_added_share"])
            self.a[p] = float(r["final_expenditure_share"])
        self.tariff, self.sales = np.zeros((m, n, n)), np.zeros((n, m))
        for r in rows(folder, "flows.csv"):
            j, to, of = int(r["sector"][1:]) - 1, at[r["importer"]], at[r["exporter"]]
            self.tariff[j, to, of] = float(r["tariff"])
            self.sales[of, j] += spent[to, j] * float(r["trade_share"]) / (1 + float(r["tariff"]))
        self.input = np.zeros((n, m, m))
        for r in rows(folder, "inputs.csv"):
            self.input[at[r["country"]], int(r["source_sector"][1:]) - 1, int(r["using_sector"][1:]) - 1] = max(
                float(r["share_of_materials"]), 0.0)


def mend(tariff, countries, sectors, old):
    at = {c: k for k, c in enumerate(countries)}
    s = {x: k for k, x in enumerate(sectors)}
    t = tariff.copy()
    t[GOODS:] = 0
    food, farm = s["C10T12"], s["A01"]
    for n, importer in enumerate(countries):
        for i, exporter in enumerate(countries):
            known = importer in old.at and exporter in old.at and importer != "ROW"
            for codes, of in ((["C10T12"], 4), (["C29"], 19), (["C301", "C302T309"], 20)):
                if not known:
                    continue
                rate = old.tariff[of, old.at[importer], old.at[exporter]]
                if importer == "CHN" and of == 19:
                    rate *= 0.6
                for code in codes:
                    t[s[code], n, i] = min(2 * tariff[s[code], n, i], rate)
            if not known:
                t[food, n, i] = min(t[food, n, i], t[farm, n, i])
    members = [at[c] for c in UNION]
    for i in range(len(countries)):
        if i in members:
            t[:, members, i] = 0
        else:
            t[:, members, i] = np.median(t[:, members, i], axis=1)[:, None]
    others = [n for n, c in enumerate(countries) if c not in UNION + ["ROW", "HKG"]]
    for i in range(len(countries)):
        if countries[i] != "ROW":
            t[:, at["ROW"], i] = np.median(t[:, [n for n in others if n != i], i], axis=1)
    for n in range(len(countries)):
        t[:, n, n] = 0
    return t


def war(t, flow, countries, sectors, path, day):
    at = {c: k for k, c in enumerate(countries)}
    table = [r for r in rows(path) if r["from"] <= day and (not r["until"] or day < r["until"])]
    for r in sorted(table, key=lambda r: r["kind"] == "mean"):
        n, i = at[r["importer"]], at[r["exporter"]]
        which, weight = [], []
        for x in sectors[:GOODS] if r["sectors"] == "goods" else r["sectors"].split():
            name, _, w = x.partition(":")
            which.append(sectors.index(name))
            weight.append(float(w or 1))
        points = float(r["percent"]) / 100
        if r["kind"] == "mean":
            net = flow[:GOODS, n, i]
            points = (points * net.sum() - (net * t[:GOODS, n, i]).sum()) / (flow[which, n, i] * weight).sum()
            print(f"{r['importer']} on {r['exporter']}: {100 * points:.1f} points make the mean {r['percent']} %")
            if not 0 < points < 0.5:
                sys.exit("which cannot be")
        t[which, n, i] += points * np.array(weight)


def added_shares(country, sectors, sold, old):
    """Shares of value added of 2014 in the sales of a country."""
    c = old.at.get(country, old.at["ROW"])
    added = np.ones(len(sectors))
    for u, x in enumerate(sectors):
        codes = [k - 1 for k in OF_2014[x]]
        weight = old.sales[c, codes]
        if weight.sum() > 0 and sold[u] > 0:
            added[u] = (weight * old.g[c, codes]).sum() / weight.sum()
    return added


def fitted_shares(countries, sectors, sold, old, path):
    """The same, with value added of the size of the product of 2022."""
    product = {r["iso3"]: float(r["usd"]) / 1e6 for r in rows(path) if r["year"] == "2022" and r["usd"]}
    added = [added_shares(c, sectors, sold[n], old) for n, c in enumerate(countries)]
    lent = [(a * y).sum() for a, y in zip(added, sold)]
    both = [n for n, c in enumerate(countries) if c in old.at and c in product]
    basic = sum(lent[n] for n in both) / sum(product[countries[n]] for n in both)
    print(f"value added is {basic:.3f} of product")
    for n, c in enumerate(countries):
        if c not in product:
            print(f"{c}: no product of 2022, its shares stay")
            continue
        factor = (sold[n].sum() - basic * product[c]) / (sold[n].sum() - lent[n])
        factor = max(min(factor, 0.98 / (1 - added[n]).max()), 0.5)  # every sector adds something, and uses something
        if not 0.85 < factor < 1.15:
            print(f"{c}: value added {lent[n]:.0f} by the shares of 2014, product {product[c]:.0f}: materials times {factor:.2f}")
        added[n] = 1 - factor * (1 - added[n])
    return added


def lend(country, sectors, spent, sold, added, old):
    """Uses by source and user, and final use, of one country: of 2014, fitted to 2022."""
    c = old.at.get(country, old.at["ROW"])
    m = len(sectors)
    use = np.zeros((m, m))
    codes = [[k - 1 for k in OF_2014[x]] for x in sectors]
    part = np.zeros((50, m))  # of a source of 2014: shares of its sectors of today
    for k in range(50):
        mine = [s for s in range(m) if k in codes[s]]
        total = sum(spent[s] for s in mine)
        for s in mine:
            part[k, s] = spent[s] / total if total > 0 else 1 / len(mine)
    for u in range(m):
        weight = old.sales[c, codes[u]]
        weight = weight / weight.sum() if weight.sum() > 0 else np.full(len(codes[u]), 1 / len(codes[u]))
        bought = sum(w * (1 - old.g[c, k]) * old.input[c, :, k] for w, k in zip(weight, codes[u]))
        total = bought.sum()
        by = part
        if sectors[u] == "C19":  # all mining that a refinery buys is oil and gas
            by = part.copy()
            by[3] = 0
            by[3, sectors.index("B06")] = 1
        if total > 0:
            use[:, u] = (bought / total) @ by * (1 - added[u]) * sold[u]
    final = old.a[c] @ part
    final = np.maximum(final, 1e-5)
    income = spent.sum() - use.sum()
    final *= income / final.sum()
    wanted = np.append(use.sum(axis=0), income)
    table = np.column_stack([use, final])
    for _ in range(20000):
        row = table.sum(axis=1)
        table *= np.where(row > 0, spent / np.where(row > 0, row, 1), 0)[:, None]
        column = table.sum(axis=0)
        off = np.abs(column - wanted).max() / spent.sum()
        table *= np.where(column > 0, wanted / np.where(column > 0, column, 1), 0)
        if off < 1e-15:
            break
    off = np.abs(table.sum(axis=1) - spent).max() / spent.sum()
    return table[:, :m], table[:, m], off


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("icio")
    p.add_argument("tables")
    p.add_argument("out")
    p.add_argument("--war", required=True)
    p.add_argument("--product", required=True)
    p.add_argument("--day", default="2022-12-31")
    args = p.parse_args()
    countries, sectors, flow, tariff = source(args.icio)
    old = Old(args.tables)
    flow = np.where(flow > 1e-6, flow, 0.0)  # below one dollar
    t = mend(tariff, countries, sectors, old)
    war(t, flow, countries, sectors, args.war, args.day)
    value = flow * (1 + t)
    spent, sold = value.sum(axis=2).T, flow.sum(axis=1).T
    added = fitted_shares(countries, sectors, sold, old, args.product)
    os.makedirs(args.out, exist_ok=True)

    def write(name, header, lines):
        with open(os.path.join(args.out, name), "w", newline="") as f:
            writer = csv.writer(f, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(lines)

    def number(x):
        return f"{x:.15g}"

    N, S = len(countries), len(sectors)
    production, inputs, head, worst = [], [], [], 0
    for n, c in enumerate(countries):
        use, final, off = lend(c, sectors, spent[n], sold[n], added[n], old)
        worst = max(worst, off)
        income = final.sum()
        imports, exports = flow[:, n, :].sum(), flow[:, :, n].sum()
        head.append([c, number((added[n] * sold[n]).sum()), number(exports - imports)])
        for k in range(S):
            production.append([c, sectors[k], number(added[n][k]), number(final[k] / income),
                               number(spent[n, k])])
            for u in range(S):
                total = use[:, u].sum()
                if use[k, u] > 0 and sold[n, u] > 0:
                    inputs.append([c, sectors[k], sectors[u], number(use[k, u] / total)])
    print(f"the accounts close to {worst:.1e} of a country's spending")
    write("countries.csv", ["country", "value_added", "surplus"], head)
    write("sectors.csv", ["sector", "theta"],
          [[x, number(np.mean([old.theta[k - 1] for k in OF_2014[x]]))] for x in sectors])
    write("production.csv", ["country", "sector", "value_added_share", "final_expenditure_share", "expenditure"],
          production)
    write("inputs.csv", ["country", "source_sector", "using_sector", "share_of_materials"], inputs)
    write("flows.csv", ["sector", "importer", "exporter", "trade_share", "tariff"],
          [[sectors[k], countries[n], countries[i], number(value[k, n, i] / spent[n, k]), number(t[k, n, i])]
           for k in range(S) for n in range(N) for i in range(N) if flow[k, n, i] > 0])


if __name__ == "__main__":
    main()
