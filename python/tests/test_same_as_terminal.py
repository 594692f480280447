"""Answers equal the command line's, bit for bit: JSON keeps every double as it is."""

import unittest

import entente
from common import ROOT, situations, terminal


class SameAsTerminal(unittest.TestCase):
    def test_over_draws(self):
        for name in ("moscow-2025", "history/triangle-1972", "history/tariff-truce-2025"):
            folder = ROOT / "situations" / name
            with self.subTest(name):
                mine = entente.load(folder).doubt(draws=20, seed=3, threads=2).data
                theirs = terminal("doubt", folder, "--draws", 20, "--seed", 3, "--quiet")
                self.assertEqual(mine, theirs)

    def test_every_situation_at_its_medians(self):
        for folder in situations():
            with self.subTest(folder.name):
                self.assertEqual(entente.load(folder).ask().data, terminal("ask", folder))

    def test_explain(self):
        folder = situations()[0]
        s = entente.load(folder)
        for name in [*s.claims[:2], *list(s.quantities().index[:3])]:
            self.assertEqual(s.explain(name).data, terminal("explain", folder, name))

    def test_what_is_learnt(self):
        folder = ROOT / "situations" / "moscow-2025"
        s = entente.load(folder)
        brent = "brent < 60 USD/bbl"
        mine = s.given(brent, draws=500, threads=2)
        self.assertEqual(mine.data, terminal("doubt", folder, "--given", brent, "--draws", 500, "--quiet"))
        self.assertEqual(list(mine.df().columns), ["before", "given", "low", "high", "words"])
        with self.assertRaises(entente.EntenteError) as refused:
            s.given("brent < 20 USD/bbl", draws=500)
        self.assertIn("E0848", str(refused.exception))
        news = s.follow(draws=500, threads=2)
        self.assertEqual(news.data, terminal("follow", folder, "--draws", 500, "--quiet"))
        self.assertEqual(len(news.df()), 1 + len(news.ratios()))


if __name__ == "__main__":
    unittest.main()
