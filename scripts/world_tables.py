#!/usr/bin/env python3
"""Makes data/world from a folder of full extracts of the makers' tables (columns as in data/world/README.md, "From what").

    python3 scripts/world_tables.py EXTRACTS data/world

Nothing is computed but spells: columns are left out, equal neighbouring years become one row, flags become letters. A
cell that is empty in an extract stays empty; no number is made up and no row added; three
places are corrected below."""
import csv
import os
import sys

source, target = sys.argv[1:3]


def rows(name):
    with open(os.path.join(source, name + ".csv"), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def write(path, header, table):
    path = os.path.join(target, path + ".csv")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header.split())
        out.writerows(table)


def keep(path, header, name=None, when=lambda r: True):
    fields = header.split()
    write(path, header, [[r[f] for f in fields] for r in rows(name or os.path.basename(path)) if when(r)])


# Open: facts of our own, public domain, CC0, CC BY.
# Territories and groups that have figures and were never members of the system of states.
others = """ABW Aruba;AIA Anguilla;ASM American Samoa;BMU Bermuda;CHI Channel Islands;COK Cook Islands;CUW Curacao;CYM Cayman Islands;
FLK Falkland Islands;FRO Faroe Islands;GGY Guernsey;GIB Gibraltar;GRL Greenland;GUM Guam;HKG Hong Kong;IMN Isle of Man;
JEY Jersey;MAC Macao;MAF Saint Martin;MNP Northern Mariana Islands;MSR Montserrat;NCL New Caledonia;PRI Puerto Rico;
PSE Palestine;PYF French Polynesia;SPM Saint Pierre and Miquelon;SXM Sint Maarten;TCA Turks and Caicos Islands;TKL Tokelau;
VGB British Virgin Islands;VIR United States Virgin Islands"""
names = {}
for r in rows("states"):
    former = r["iso"] == "0" and r["to"]
    names[r["iso3"]] = [r["iso3"], r["name"], r["region"], "former" if former else "state"]
for entry in others.split(";"):
    code, name = entry.strip().split(" ", 1)
    names[code] = [code, name, "", "territory"]
for code, name in ("WLD", "World"), ("EUU", "European Union"), ("ROW", "Rest of the world"):
    names[code] = [code, name, "", "group"]
write("states", "iso3 name region kind", sorted(names.values()))
keep("aliases", "alias iso3 from to note")
keep("gdp", "iso3 year usd pop src", when=lambda r: r["usd"] or r["pop"])
keep("spending", "iso3 year share", "military")
keep("votes", "iso3 year final all")
keep("trade", "exporter importer goods services")
letters = {"defense": "d", "offense": "o", "neutral": "u", "nonagg": "n", "consul": "c"}
kinds = lambda r: "".join(c for k, c in letters.items() if r[k] == "1")
write("pacts_recent", "a b from kinds note", [[r["a"], r["b"], r["from"], kinds(r), r["note"]] for r in rows("pacts_recent")])
keep("wars_recent", "war name state side from to", "wars", lambda r: r["src"] != "cow4")

# Share alike.
spells = []
for r in sorted(rows("regime"), key=lambda r: (r["iso3"], int(r["year"]))):
    year = int(r["year"])
    if spells and spells[-1][0] == r["iso3"] and spells[-1][2] == year - 1 and spells[-1][3] == r["polyarchy"]:
        spells[-1][2] = year
    else:
        spells.append([r["iso3"], year, year, r["polyarchy"]])
write("share-alike/regime", "iso3 from to polyarchy", spells)

# Without an open licence.
keep("restricted/membership", "iso3 cow from to", "states")
# Three places found wrong (tests/unit/world_facts_test.cpp): the source has the middle of the land for its capital.
right = {"Brasilia": ["-15.7939", "-47.8828"], "Tunis": ["36.8065", "10.1815"], "Riyadh": ["24.7136", "46.6753"]}
capitals = [[r[f] for f in "iso3 capital from to lat lon".split()] for r in rows("capitals")]
for r in capitals:
    r[4:] = right.get(r[1], r[4:])
write("restricted/capitals", "iso3 capital from to lat lon", capitals)
keep("restricted/majors", "iso3 from to")
keep("restricted/capability", "iso3 year cinc milex")
keep("restricted/contiguity", "a b type from to")
keep("restricted/rivalries", "a b from to")
keep("restricted/wars", "war name state side from to", "wars", lambda r: r["src"] == "cow4")
write("restricted/pacts", "a b from to kinds directed",
      [[r["a"], r["b"], r["from"], r["to"], kinds(r), r["directed"]] for r in rows("pacts")])
pairs = {}
for r in rows("disputes"):
    key = (r["src"], int(r["dispute"]), r["a"], r["b"], r["sidea"])
    year, hostility = int(r["year"]), int(r["hostility"])
    old = pairs.get(key, (year, year, hostility))
    pairs[key] = (min(old[0], year), max(old[1], year), max(old[2], hostility))
write("restricted/disputes", "dispute a b sidea from to hostility src",
      [[k[1], k[2], k[3], k[4], *v, k[0]] for k, v in sorted(pairs.items())])
