"""Entente for Python: situations between states, asked, doubted and turned.

    import entente
    s = entente.load("situations/moscow-2025")
    d = s.doubt(draws=10_000, seed=1)
    d.claims.df()

Objects are values: `set` gives another situation and leaves the first as it was. What is wrong with a text is one
exception, `EntenteError`, with the diagnostics as data and the same words as on the terminal. Answers equal the command
line's bit for bit. Units are told beside every number; nothing is converted. See docs/guide/python.md.
"""

from ._answers import Account, Answer, Claim, Claims, Diff, Doubt, Draws, Explanation, Follow, Given, Questions, Quantities
from ._core import EntenteError, version
from ._situation import Situation, load, situation

__all__ = ["Account", "Answer", "Claim", "Claims", "Diff", "Doubt", "Draws", "EntenteError", "Explanation", "Follow", "Given", "Quantities",
           "Questions", "Situation", "load", "situation", "version"]
__version__ = version
