"""A situation: opened from files, or made of dicts and data frames."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any

from ._answers import Answer, Diff, Doubt, Explanation, Follow, Given, quantities_of
from ._core import EntenteError, call


class Situation:
    """A situation that was read without an error. A value: nothing changes it; `set` gives another.

    Attributes: `title`, `as_of`, `claims` (names), `questions` (names), `changed` (what `set` put in place)."""

    def __init__(self, opened: dict[str, Any], name: str, base: Situation | None = None):
        self._handle: int = opened["handle"]
        self._opened = opened
        self._base = base  # what it was changed from stays open as long as this does
        self.name = name
        self.title: str = opened["title"]
        self.as_of: str = opened["as_of"]
        self.claims: list[str] = [c["name"] for c in opened["claims"]]
        self.questions: list[str] = [q["name"] for q in opened["questions"]]
        self.changed: dict[str, str] = dict(opened["changed"])

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle is not None and not sys.is_finalizing():
            try:
                call("close", handle=handle)
            except EntenteError:
                pass

    def __repr__(self) -> str:
        changed = f", {len(self.changed)} changed" if self.changed else ""
        return f"<Situation {self.title!r}: {len(self.questions)} questions, {len(self.claims)} claims{changed}>"

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What reading it warned of, as `entente check` says."""
        return list(call("check", handle=self._handle)["complaints"]["diagnostics"])

    def numbers(self) -> Any:
        """Every number of the file as a data frame: path, as written, unit, median, 5 and 95 %, source, grade."""
        import pandas

        rows = call("check", handle=self._handle, numbers=True)["numbers"]["numbers"]
        frame = pandas.DataFrame(rows)
        keep = [c for c in ("path", "written", "unit", "distribution", "median", "q5", "q95", "source", "grade") if c in frame]
        return frame[keep].set_index("path")

    def quantities(self) -> Any:
        """What can be asked for, by name: unit and meaning, as a data frame."""
        return quantities_of(call("quantities", handle=self._handle))

    def ask(self) -> Answer:
        """What follows where every number is at its median (`entente ask`)."""
        return Answer(call("ask", handle=self._handle))

    def explain(self, name: str) -> Explanation:
        """How a quantity, a claim or a number of the file comes about, and what moves it (`entente explain`)."""
        return Explanation(call("explain", handle=self._handle, name=name))

    def set(self, numbers: str | Mapping[str, str], text: str | None = None) -> Situation:
        """Another situation with other numbers: `s.set("drivers.brent", "60 to 80 USD/bbl")`, or a dict of them. The
        text is in the language's own words; a source may follow behind @. Raises EntenteError (E0771, E0772, and what
        any number may be refused for)."""
        if isinstance(numbers, str):
            if text is None:
                raise TypeError("set(path, text) or set({path: text, ...})")
            numbers = {numbers: text}
        for path, words in numbers.items():
            if not isinstance(words, str):
                raise TypeError(f"the text for {path!r} is {type(words).__name__}, not str: write it with its unit")
        return _checked(Situation(call("set", handle=self._handle, numbers=dict(numbers)), self.name, self))

    def given(self, *conditions: str, draws: int = 10_000, seed: int = 1, threads: int | None = None) -> Given:
        """The claims in the draws in which conditions hold (`entente doubt --given`): `s.given("brent < 60 USD/bbl")`.
        Raises EntenteError (E0848) where these draws are worth fewer than 50."""
        return Given(call("given", handle=self._handle, conditions=list(conditions), draws=draws, seed=seed,
                          threads=threads or os.cpu_count() or 1))

    def follow(self, *claims: str, draws: int = 10_000, seed: int = 1, threads: int | None = None) -> Follow:
        """The claims (those that stand for themselves unless said) through the file's news (`entente follow`)."""
        return Follow(call("follow", handle=self._handle, claims=list(claims), draws=draws, seed=seed,
                           threads=threads or os.cpu_count() or 1))

    def dissent(self, of: str | None = None) -> str:
        """What `set` changed, as the text of a dissent file."""
        return str(call("dissent", handle=self._handle, of=of or os.path.basename(self.name))["text"])

    def diff(self, draws: int = 2000, seed: int = 1, threads: int | None = None) -> Diff:
        """What the changes of `set` (or a file with `dissents-from`) do to the claims, and through which of them."""
        return Diff(call("diff", handle=self._handle, draws=draws, seed=seed, threads=threads))

    def doubt(self, draws: int = 10_000, seed: int = 1, threads: int | None = None, *, claims: Iterable[str] | None = None,
              random: bool = False, total: int = 0, progress: bool = False) -> Doubt:
        """How sure, what drives it, what would flip it (`entente doubt`): the same bits for the same draws and seed.

        `threads`: all processors unless said. `claims`: these alone, and what they name. `progress`: a bar (tqdm where
        it is installed). An interrupt (Ctrl-C) ends the drawing within a fifth of a second; what is judged afterwards (what
        drives, what would flip) runs to its end first."""
        threads = threads or os.cpu_count() or 1
        run = call("start", handle=self._handle, draws=draws, seed=seed, random=random, threads=threads,
                   claims=None if claims is None else list(claims))
        handle, of = run["run"], run["of"]
        bar = _bar(of) if progress else None
        try:
            done = 0
            while not run["finished"]:
                run = call("step", run=handle, milliseconds=200)
                if bar is not None:
                    bar.update(run["done"] - done)
                done = run["done"]
            if bar is not None:
                bar.close()
            judged = call("judge", run=handle, total=total, threads=threads)
        except BaseException:
            call("close", run=handle)
            raise
        return Doubt(judged, handle, of, self)

    def report(self, path: str, draws: int = 10_000, seed: int = 1, threads: int | None = None) -> str:
        """Writes the answer as one page that reads offline; gives the path. Never over a file that is there."""
        return self.doubt(draws, seed, threads).report(path)


def load(path: str | os.PathLike[str], *, strict: bool = False, allow: Iterable[str] = ()) -> Situation:
    """Reads a situation: a .yaml file, or a folder with situation.yaml. Raises EntenteError with every complaint.

    `strict`: a number without a source is an error. `allow`: folders that it may read besides its own."""
    name = os.fspath(path)
    return _checked(Situation(call("open", situation=name, strict=strict, allow=[os.fspath(a) for a in allow]), name))


def situation(content: Mapping[str, Any] | str, *, strict: bool = False, name: str = "situation.yaml") -> Situation:
    """A situation from a text, or from dicts as the file has them. A data frame in the place of a table (or of a mapping
    from names) is written as CSV, its index in front where that has a name."""
    files: dict[str, str] = {}
    text = content if isinstance(content, str) else _written(content, files)
    files[name] = text
    return _checked(Situation(call("open", situation=name, files=files, strict=strict), name))


def _checked(s: Situation) -> Situation:
    """What reads well may still claim what cannot be: said at once, as `entente check` says it."""
    complaints = call("check", handle=s._handle)["complaints"]
    if complaints["errors"]:
        raise EntenteError(complaints)
    return s


def _written(content: Mapping[str, Any], files: dict[str, str]) -> str:
    return "\n".join(_lines(content, files, 0, "table")) + "\n"


def _lines(content: Mapping[str, Any], files: dict[str, str], deep: int, at: str) -> list[str]:
    out = []
    for key, value in content.items():
        head = "  " * deep + json.dumps(str(key), ensure_ascii=False) + ":"
        if isinstance(value, Mapping):
            if value:
                out += [head, *_lines(value, files, deep + 1, f"{at}-{key}")]
            else:
                out.append(head + " {}")
        else:
            out.append(f"{head} {_scalar(value, files, f'{at}-{key}', str(key))}")
    return out


def _scalar(value: Any, files: dict[str, str], at: str, key: str) -> str:
    if hasattr(value, "to_csv"):
        file = at.replace("/", "-") + ".csv"
        files[file] = value.to_csv(index=value.index.name is not None)
        return file if key == "table" else f"{{table: {file}}}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_scalar(v, files, f"{at}-{k}", "") for k, v in enumerate(value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(k), ensure_ascii=False)}: {_scalar(v, files, f'{at}-{k}', str(k))}"
                               for k, v in value.items()) + "}"
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError(f"{key!r} is {value}: a situation has finite numbers, and an unknown one is left out")
        return repr(value)
    if isinstance(value, int):
        return str(value)
    if value is None:
        raise TypeError(f"{key!r} is None: leave it out")
    return json.dumps(str(value), ensure_ascii=False)


class _Lines:
    """Progress where there is no tqdm: a line a second on the error stream."""

    def __init__(self, of: int):
        self.of, self.done, self.last = of, 0, time.monotonic()

    def update(self, more: int) -> None:
        self.done += more
        if time.monotonic() - self.last >= 1 or self.done == self.of:
            self.last = time.monotonic()
            print(f"{self.done:,} of {self.of:,} draws", file=sys.stderr)

    def close(self) -> None:
        pass


def _bar(of: int) -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return _Lines(of)
    return tqdm(total=of, unit="draw")


__all__ = ["Situation", "load", "situation"]
