#!/usr/bin/env python3
"""Every answer of two builds of the program, cell by cell and bit by bit.

    scripts/compare_cells.py BEFORE AFTER [--draws 200] [--seed 3] [--only WORD] [SITUATION...]

BEFORE and AFTER are two binaries; both run from the root of this checkout, on the same files. Compared are, for every situation
(without arguments: situations/, its history and dissents, tests/golden, tests/data):
  - every draw that `doubt --save` keeps: inputs, quantities and margins as the 64 bits that they are, truths and reasons;
  - the JSON of ask, doubt, quantities and check --numbers: numbers by their shortest decimal form that reads back as the same
    64 bits, words apart;
  - the commands of tests/golden/cases.txt;
and once the schema and the template that `new` writes. A number that differs is printed as a hexadecimal float, before and after.
Exit code 0: every number is the same (words that differ are counted and named); 1: a number differs, or one build failed where
the other did not. docs/develop/comparing.md says when to run it.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
BLAMED = 5  # differences shown of one answer


def run(binary, *args):
    done = subprocess.run([binary, *map(str, args)], cwd=root, capture_output=True)
    return done.returncode, done.stdout


class Number(str):
    """A number as the program printed it: 17 significant digits at most, and as few as read back the same."""


def leaves(tree, path=""):
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}")
        yield path + "{}", " ".join(tree)
    elif isinstance(tree, list):
        for i, value in enumerate(tree):
            yield from leaves(value, f"{path}[{i}]")
        yield path + "[]", Number(len(tree))
    else:
        yield path, tree


def hexadecimal(x):
    try:
        return float(x).hex()
    except (TypeError, ValueError):
        return repr(x)


def of_json(before, after):
    """Numbers that differ, words that differ, numbers compared."""
    try:
        both = [json.loads(t, parse_float=Number, parse_int=Number) for t in (before, after)]
    except ValueError:
        return [], [] if before == after else ["no JSON: the texts differ"], 0
    a, b = (dict(leaves(t)) for t in both)
    numbers, words, count = [], [], 0
    for path in a.keys() | b.keys():
        x, y = a.get(path), b.get(path)
        count += isinstance(x, Number)
        if path.endswith(".seconds") or (x == y and type(x) is type(y)):  # how long it took is no answer
            continue
        if isinstance(x, Number) or isinstance(y, Number):
            numbers.append(f"{path}: {hexadecimal(x)} -> {hexadecimal(y)}")
        else:
            words.append(f"{path}: {str(x)[:90]!r} -> {str(y)[:90]!r}")
    return sorted(numbers), sorted(words), count


def columns(path):
    """src/doubt/slices.cpp: twelve words of header, a path, then columns; the hash that `join` trusts is left out."""
    bytes_ = pathlib.Path(path).read_bytes()
    head = struct.unpack_from("<12Q", bytes_)
    if bytes_[:8] != b"Entdraw4":
        raise SystemExit(f"{path}: slices of another version than this script reads")
    begin, end, (inputs, claims, quantities, odds, length) = head[4], head[5], head[7:]
    at, n, out = 96 + length, end - begin, []
    for kind, count, width in (("input", inputs, 8), ("truth", claims, 1), ("margin", claims, 8), ("why", claims, 1),
                               ("quantity", quantities, 8), ("odds", odds, 8)):
        for i in range(count):
            out.append((f"{kind} {i}", width, bytes_[at:at + n * width]))
            at += n * width
    return out


def of_draws(files):
    a, b = map(columns, files)
    if [c[:2] for c in a] != [c[:2] for c in b]:
        return ["other columns of draws"], 0
    wrong = []
    for (name, width, x), (_, _, y) in zip(a, b):
        for k in range(0, len(x) if x != y else 0, width):
            if x[k:k + width] != y[k:k + width]:
                show = (lambda s: struct.unpack("<d", s)[0].hex()) if width == 8 else (lambda s: str(s[0]))
                wrong.append(f"draw {k // width}, {name}: {show(x[k:k + width])} -> {show(y[k:k + width])}")
    return wrong, sum(len(x) // width for _, width, x in a)


def compare(case, args):
    """(name, numbers that differ, words that differ, numbers compared)"""
    name, command, saved = case
    numbers, words, count = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, which) for which in ("before", "after")]
        extra = [["--save", f, "--quiet"] if saved else [] for f in files]
        (was, x), (now, y) = (run(b, *command, *more) for b, more in zip((args.before, args.after), extra))
        if was != now:
            return name, [f"exit code {was} -> {now}"], [], 0
        if saved:
            if all(map(os.path.exists, files)):
                numbers, count = of_draws(files)
        else:
            numbers, words, count = of_json(x.decode(), y.decode())
    return name, numbers, words, count


def situations():
    for pattern in ("situations/*/situation.yaml", "situations/history/*/*.yaml", "situations/*/dissents/*.yaml",
                    "tests/golden/*.yaml", "tests/data/*.yaml", "tests/data/*/*.yaml"):
        for path in sorted(root.glob(pattern)):
            yield path.relative_to(root)


def cases(args, template):
    for path in args.situations or situations():
        text = (root / path).read_text() if (root / path).is_file() else ""
        dissent = "\ndissents-from:" in "\n" + text
        for verb in (["ask"], ["quantities"], ["check", "--numbers"]):
            yield f"{' '.join(verb)} {path}", [verb[0], path, *verb[1:], "--json"], False
        sampling = ["--draws", args.draws, "--seed", args.seed]
        yield f"draws of {path}", ["doubt", path, *sampling], True
        if not dissent:
            yield f"doubt {path}", ["doubt", path, *sampling, "--json"], False
        else:
            yield f"diff {path}", ["diff", path, *sampling, "--json"], False
    if args.situations:
        return
    for line in (root / "tests/golden/cases.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, *command = line.split()
            command = [template if word == "TEMPLATE" else word for word in command]
            yield f"golden {name}", command + ["--json"], False
    yield "schema", ["check", "--schema"], False
    yield "template", ["new", "-"], False


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("before")
    p.add_argument("after")
    p.add_argument("situations", nargs="*", type=pathlib.Path)
    p.add_argument("--draws", type=int, default=200)
    p.add_argument("--seed", type=int, default=3)
    p.add_argument("--only", default="", help="cases whose name holds this")
    p.add_argument("--jobs", type=int, default=1)
    args = p.parse_args()
    args.before, args.after = (str(pathlib.Path(x).resolve()) for x in (args.before, args.after))
    failed, other, total, done = 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        template = os.path.join(folder, "template.yaml")
        run(args.before, "new", template)
        wanted = [c for c in cases(args, template) if args.only in c[0]]
        for name, numbers, words, count in pool.map(lambda c: compare(c, args), wanted):
            done, total = done + 1, total + count
            failed, other = failed + bool(numbers), other + bool(words)
            for kind, found in (("NUMBER", numbers), ("words", words)):
                for line in found[:BLAMED]:
                    print(f"{kind} {name}: {line}")
                if len(found) > BLAMED:
                    print(f"{kind} {name}: {len(found) - BLAMED} further")
            sys.stdout.flush()
    print(f"{done} answers, {total} numbers compared; {failed} answers differ in a number, {other} in words alone")
    return 1 if failed or done == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
