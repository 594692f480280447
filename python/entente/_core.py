"""One engine for the process, spoken to by its contract; and what goes wrong, as an exception."""

from __future__ import annotations

import json
import os
import threading
from typing import Any

from . import _engine

version: str = _engine.version

_lock = threading.Lock()
_only: _engine.Engine | None = None


def engine() -> _engine.Engine:
    """The process's engine: as many threads as there are processors, and 4 GB for one run of draws unless
    ENTENTE_MEMORY says another number of bytes."""
    global _only
    with _lock:
        if _only is None:
            _only = _engine.Engine(os.cpu_count() or 1, float(os.environ.get("ENTENTE_MEMORY", "4e9")))
        return _only


class EntenteError(Exception):
    """What the engine refuses. `diagnostics` is a list of dicts (severity, code, message, place, label, hint), as
    `--json` prints them; the text is what the terminal would say of them."""

    def __init__(self, complaints: dict[str, Any]):
        self.complaints = complaints
        self.diagnostics: list[dict[str, Any]] = complaints.get("diagnostics", [])
        super().__init__("\n".join(_told(d) for d in self.diagnostics))

    @property
    def codes(self) -> list[str]:
        return [d["code"] for d in self.diagnostics]


def _told(d: dict[str, Any]) -> str:
    place = d.get("place")
    at = f"{place['file']}:{place['line']}:{place['column']}: " if place else ""
    text = f"{at}{d['severity']}[{d['code']}]: {d['message']}"
    if d.get("label"):
        text += f" ({d['label']})"
    if d.get("hint"):
        text += f"\n  hint: {d['hint']}"
    return text


def call(do: str, **request: Any) -> dict[str, Any]:
    """One request of the contract; what is None is left out. Raises EntenteError."""
    return call_with_buffer(do, **request)[0]


def call_with_buffer(do: str, **request: Any) -> tuple[dict[str, Any], memoryview]:
    body = {"do": do, **{k: v for k, v in request.items() if v is not None}}
    text, buffer = engine().call(json.dumps(body, allow_nan=False))
    answer = json.loads(text)
    if not answer["ok"]:
        raise EntenteError(answer["complaints"])
    return answer["answer"], memoryview(buffer)  # type: ignore[arg-type] # the buffer protocol has no type yet
