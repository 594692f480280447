"""What the tests share: where the project is, its program, and the situations."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(os.environ["ENTENTE_ROOT"])
PROGRAM = os.environ["ENTENTE_PROGRAM"]

PRIZE = """entente: 1
situation: A prize
as_of: 2025-01-01
sources: {s: {title: invented, date: 2024-01-01, grade: B2}}
source: s
actors: {ANN: Annland, BOB: Bobland}
drivers: {gas: between 4 and 8 USD/MMBtu, oil: 60 to 80 USD/bbl}
claims:
  dear:  {says: Gas is dear., holds: gas > 6 USD/MMBtu}
  cheap: {says: Oil is cheap., holds: oil < 50 USD/bbl}
"""


def situations():
    """Every situation of the project, by its folder."""
    found = sorted(p.parent for p in (ROOT / "situations").rglob("situation.yaml"))
    assert len(found) >= 14, found
    return found


def terminal(*words):
    """What the program prints with --json."""
    done = subprocess.run([PROGRAM, *map(str, words), "--json"], capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout)
