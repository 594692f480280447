"""Answers as values: mappings by name over what the contract says, with data frames and columns of draws."""

from __future__ import annotations

import html
import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy

from ._core import EntenteError, call, call_with_buffer

if TYPE_CHECKING:
    from ._situation import Situation


def _frame(rows: dict[str, dict[str, Any]], columns: list[str]) -> Any:
    import pandas

    return pandas.DataFrame.from_dict(rows, orient="index", columns=columns)


def quantities_of(answer: dict[str, Any]) -> Any:
    return _frame(answer, ["unit", "says"])


class _Named(Mapping[str, Any]):
    """A read-only mapping by name; an unknown name is a KeyError that suggests the nearest."""

    def __init__(self, items: dict[str, Any], what: str):
        self._items, self._what = items, what

    def __getitem__(self, name: str) -> Any:
        try:
            return self._items[name]
        except KeyError:
            import difflib

            near = difflib.get_close_matches(str(name), self._items, 1)
            raise KeyError(f"{name!r} is no {self._what}" + (f"; did you mean {near[0]!r}?" if near else "")) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<{len(self)} {self._what}s: {', '.join(list(self)[:6])}{', ...' if len(self) > 6 else ''}>"


class Account:
    """The answer to a question in words and rows: `headline`, `lines`, `tables` (data frames by title), `notes`,
    `method`, `certificate`, `assumptions`."""

    def __init__(self, data: dict[str, Any]):
        self.data = data
        self.headline: str = data["headline"]
        self.notes: list[str] = data["notes"]
        self.method: str = data["method"]
        self.certificate: str = data["certificate"]
        self.assumptions: list[str] = data["assumptions"]

    @property
    def lines(self) -> Any:
        """The numbers behind the headline: name, value, unit, and how it is made up."""
        import pandas

        return pandas.DataFrame(self.data["lines"], columns=["name", "value", "unit", "text"]).set_index("name")

    @property
    def tables(self) -> dict[str, Any]:
        """Tables by their titles; numbers are numbers (NaN: missing), whatever else is told as text."""
        import pandas

        out = {}
        for table in self.data["tables"]:
            rows = [[_value(e) for e in row] for row in table["rows"]]
            width = max([len(table["columns"]), *map(len, rows)])
            columns = table["columns"] + [""] * (width - len(table["columns"]))
            out[table["title"]] = pandas.DataFrame([r + [None] * (width - len(r)) for r in rows], columns=columns)
        return out

    def __repr__(self) -> str:
        return self.headline


def _value(entry: dict[str, Any]) -> Any:
    if "value" in entry:
        return float("nan") if entry["value"] is None else entry["value"]
    if "holds" in entry:
        return entry["holds"]
    return entry.get("actor", entry["text"])


class Questions(_Named):
    """Accounts by question."""


class Claims(_Named):
    """Claims by name."""

    def __init__(self, items: dict[str, Any], columns: list[str]):
        super().__init__(items, "claim")
        self._columns = columns

    def df(self) -> Any:
        """One row a claim."""
        return _frame({name: claim.data if isinstance(claim, Claim) else claim for name, claim in self.items()},
                      self._columns)


class Quantities(_Named):
    """Spreads of quantities over draws."""

    def __init__(self, items: dict[str, Any]):
        super().__init__(items, "quantity")

    def df(self) -> Any:
        """5, 50 and 95 % and unit, one row a quantity."""
        return _frame(dict(self), ["q5", "q50", "q95", "unit", "undefined"])


class Answer:
    """`ask`: `claims`, `questions` (accounts), `quantities()`, `data` (all of it, as `--json` prints it)."""

    def __init__(self, data: dict[str, Any]):
        self.data = data
        self.claims = Claims(data["claims"], ["true", "margin", "unit", "says", "holds", "undefined"])
        self.questions = Questions({name: Account(q) for name, q in data["questions"].items()}, "question")

    def quantities(self, world: str = "") -> Any:
        """Every quantity at the medians in a world ("" as it is, "with LEVER"), as a data frame."""
        rows = {}
        for question, q in self.data["questions"].items():
            for w in q["worlds"]:
                if w["world"] == world:
                    rows.update({f"{question}.{name}": cell for name, cell in w["quantities"].items()})
        return _frame(rows, ["value", "unit", "undefined"])

    def __repr__(self) -> str:
        true = sum(1 for c in self.claims.values() if c["true"])
        return f"<Answer at the medians: {true} of {len(self.claims)} claims true>"

    def _repr_html_(self) -> str:
        return str(self.claims.df()[["true", "margin", "unit", "says"]].to_html())


class Explanation:
    """`explain`: `value`, `unit`, `says`, `account`, `moves` (a data frame)."""

    def __init__(self, data: dict[str, Any]):
        self.data = data
        self.value: float | None = data["value"]
        self.unit: str = data["unit"]
        self.says: str = data["says"]
        self.account = Account(data["account"])

    @property
    def moves(self) -> Any:
        """What moves it, each number from its 5 % to its 95 %, the others at their medians."""
        rows = {m["path"]: m for m in self.data["moves"]}
        return _frame(rows, ["at_q5", "at_q95", "written", "unit", "median", "q5", "q95", "source", "grade"])

    def __repr__(self) -> str:
        return f"<{self.data['quantity']}: {self.value} {self.unit}>"


class Claim:
    """One claim over draws: `probability`, `words`, `interval` (90 %, of sampling alone), `drivers` (a data frame),
    `says`, `undefined` (draws), `joint_change`, `data` (all of it, as `--json` prints it)."""

    def __init__(self, name: str, data: dict[str, Any]):
        self.name, self.data = name, data
        self.probability: float | None = data["probability"]
        self.words: str = data["words"]
        self.says: str = data["says"]
        self.interval: tuple[float, float] = (data["interval"][0], data["interval"][1])
        self.undefined: int = data["undefined"]
        self.joint_change: dict[str, Any] | None = data["joint_change"]

    @property
    def drivers(self) -> Any:
        """What drives it: first-order index with its interval, worth of knowing it, unit, source, grade, by path."""
        rows = {d["path"]: d for d in self.data["drivers"]}
        return _frame(rows, ["says", "first_order", "low", "high", "margin_first_order", "value_of_information",
                             "beyond_chance", "unit", "source", "grade"])

    @property
    def flips(self) -> Any:
        """Where it turns along single numbers, the others at their medians."""
        import pandas

        rows = [{"path": d["path"], "unit": d["unit"], **f} for d in self.data["drivers"] for f in d["flips"]]
        return pandas.DataFrame(rows, columns=["path", "value", "unit", "quantile", "below", "above"])

    def __repr__(self) -> str:
        shown = "undefined" if self.probability is None else f"{self.probability:.4g}"
        return f"<{self.name}: {self.words}, {shown}>"

    def _repr_html_(self) -> str:
        return f"<p><b>{html.escape(self.words)}</b>: {html.escape(self.says)}</p>" + str(self.drivers.to_html())


class Doubt:
    """`doubt`: claims by name (`d["wedge"]`, `d.claims.df()`), `quantities`, `draws` (columns), `warnings`, `report`."""

    def __init__(self, data: dict[str, Any], run: int, count: int, of: Situation):
        self.data, self._run, self._of = data, run, of
        self.seed: int = data["seed"]
        self.claims = Claims({name: Claim(name, c) for name, c in data["claims"].items()},
                             ["probability", "words", "low", "high", "error", "undefined", "says"])
        self.quantities = Quantities(data["quantities"])
        self.warnings: list[str] = data["warnings"]
        self.draws = Draws(self, count)

    def __del__(self) -> None:
        run = getattr(self, "_run", None)
        if run is not None and not sys.is_finalizing():
            try:
                call("close", run=run)
            except EntenteError:
                pass

    def __getitem__(self, claim: str) -> Claim:
        found: Claim = self.claims[claim]
        return found

    def report(self, path: str | os.PathLike[str]) -> str:
        """Writes the page of this answer; gives its path. FileExistsError where there is something already."""
        name = os.fspath(path)
        _, page = call_with_buffer("report", run=self._run, command=f"entente report -o {name}")
        with open(name, "xb") as file:
            file.write(page)
        return name

    def __repr__(self) -> str:
        return f"<Doubt of {self._of.title!r}: {self.data['draws']:,} draws, seed {self.seed}, {len(self.claims)} claims>"

    def _repr_html_(self) -> str:
        return str(self.claims.df()[["words", "probability", "says"]].to_html())


class Given:
    """`given`: the claims where conditions hold. `chance` of the conditions, `effective` size of the draws, `df()`."""

    def __init__(self, data: dict[str, Any]):
        self.data = data
        self.conditions: list[str] = data["given"]
        self.chance: float = data["chance"]
        self.effective: float = data["effective"]

    def __getitem__(self, claim: str) -> dict[str, Any]:
        found: dict[str, Any] = self.data["claims"][claim]
        return found

    def df(self) -> Any:
        """By claim: the probability before and given, the ends of its 90 % interval, the word."""
        import pandas

        rows = {}
        for name, c in self.data["claims"].items():
            low, high = c["given"]["interval"] or (None, None)
            rows[name] = {"before": c["before"]["probability"], "given": c["given"]["probability"], "low": low, "high": high,
                          "words": c["given"]["words"]}
        return pandas.DataFrame.from_dict(rows, orient="index")

    def __repr__(self) -> str:
        return f"<Given {' and '.join(self.conditions)}: {len(self.data['claims'])} claims>"


class Follow:
    """`follow`: the claims through the news. `df()` has the probability of each claim on the day and after each piece,
    `ratios()` how many times likelier each piece was where the claim is true."""

    def __init__(self, data: dict[str, Any]):
        self.data = data
        self.effective: float = data["effective"]

    def df(self) -> Any:
        import pandas

        frame = [pandas.Series({n: b["probability"] for n, b in self.data["before"].items()}, name="on the day")]
        frame += [pandas.Series({n: b["probability"] for n, b in x["claims"].items()}, name=x["name"])
                  for x in self.data["news"]]
        return pandas.DataFrame(frame)

    def ratios(self) -> Any:
        import pandas

        return pandas.DataFrame([pandas.Series({n: b["ratio"] for n, b in x["claims"].items()}, name=x["name"])
                                 for x in self.data["news"]])

    def __repr__(self) -> str:
        return f"<Follow: {len(self.data['news'])} pieces of news>"


class Draws:
    """Columns of draws, by name: `draws.numpy("drivers.brent")`, `draws.df(["pos2.price"])`, `"wedge" in draws`.

    An uncertain number and a quantity are floats (NaN: undefined), a claim 1.0, 0.0 or NaN where it is undefined; of a
    claim that hangs on one event the chance in each draw. A claim's probability is the share of all draws in which it
    is true, those in which it is undefined among them. Columns of numbers are views of the engine's own buffer and
    read-only: no copies."""

    def __init__(self, doubt: Doubt, count: int):
        self._doubt, self._count = doubt, count
        self._columns: dict[str, numpy.ndarray[Any, Any]] | None = None
        self.units: dict[str, str] = {}

    def _load(self) -> dict[str, numpy.ndarray[Any, Any]]:
        if self._columns is not None:
            return self._columns
        said, buffer = call_with_buffer("draws", run=self._doubt._run,
                                        columns=["input", "truth", "quantity", "part-true", "part-false"])
        n = said["to"] - said["from"]
        raw = numpy.frombuffer(buffer, dtype=numpy.uint8) if len(buffer) else numpy.empty(0, numpy.uint8)
        columns: dict[str, numpy.ndarray[Any, Any]] = {}
        parts: dict[str, dict[str, numpy.ndarray[Any, Any]]] = {}
        for c in said["columns"]:
            at = c["offset"]
            if c["type"] == "f64":
                x: numpy.ndarray[Any, Any] = raw[at : at + 8 * n].view("<f8")
            else:  # two bits a draw
                bits = raw[at : at + (n + 3) // 4]
                two = numpy.stack([bits >> s & 3 for s in (0, 2, 4, 6)], axis=1).reshape(-1)[:n]
                x = numpy.array([0.0, 1.0, numpy.nan, numpy.nan])[two]
            if c["kind"].startswith("part-"):
                parts.setdefault(c["name"], {})[c["kind"]] = x
                continue
            columns[c["name"]] = x
            self.units[c["name"]] = c["unit"]
        for name, two_parts in parts.items():
            whole = two_parts["part-true"] + two_parts["part-false"]
            with numpy.errstate(invalid="ignore", divide="ignore"):
                columns[name] = numpy.where(whole > 0, two_parts["part-true"] / whole, numpy.nan)
        self._columns = columns
        return columns

    @property
    def names(self) -> list[str]:
        return list(self._load())

    def __contains__(self, name: object) -> bool:
        return name in self._load()

    def __len__(self) -> int:
        return self._count

    def numpy(self, name: str) -> numpy.ndarray[Any, Any]:
        """One column, one float64 a draw. `drivers.gas` and `gas` mean the same."""
        columns = self._load()
        short = name.removeprefix("drivers.")
        if name in columns:
            return columns[name]
        if short in columns:
            return columns[short]
        found: numpy.ndarray[Any, Any] = _Named(columns, "column")[name]  # a KeyError that suggests the nearest
        return found

    def df(self, names: list[str] | None = None) -> Any:
        """Columns as a data frame, one row a draw; all of them unless named."""
        import pandas

        return pandas.DataFrame({n: self.numpy(n) for n in (self.names if names is None else names)}, copy=False)

    def __repr__(self) -> str:
        return f"<{self._count:,} draws of {len(self._load())} columns>"


class Diff:
    """`diff`: which claims change, and through which numbers."""

    def __init__(self, data: dict[str, Any]):
        self.data = data
        self.claims = _Named(data["claims"], "claim")

    @property
    def differences(self) -> Any:
        """Numbers that differ: before and after."""
        return _frame({d["path"]: d for d in self.data["differences"]}, ["before", "after"])

    def df(self) -> Any:
        """One row a claim: share before and after, the change and its standard error."""
        rows = {name: {"before": (c["base"] or {}).get("share"), "after": (c["dissent"] or {}).get("share"),
                       "change": (c["change"] or {}).get("by"), "error": (c["change"] or {}).get("error")}
                for name, c in self.claims.items()}
        return _frame(rows, ["before", "after", "change", "error"])

    def __repr__(self) -> str:
        return f"<Diff: {len(self.data['differences'])} numbers, {len(self.claims)} claims>"
