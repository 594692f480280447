"""Columns of draws, data frames out and in."""

import unittest

import numpy
import pandas

import entente
from common import PRIZE, ROOT


class Frames(unittest.TestCase):
    def test_columns_are_the_draws(self):
        d = entente.situation(PRIZE).doubt(1000, seed=5)
        gas, dear = d.draws.numpy("gas"), d.draws.numpy("dear")
        self.assertEqual(len(gas), 1000)
        self.assertTrue(((gas >= 4) & (gas <= 8)).all())
        numpy.testing.assert_array_equal(dear, (gas > 6).astype(float))
        self.assertEqual(dear.mean(), d["dear"].probability)
        self.assertIs(d.draws.numpy("drivers.gas"), gas)
        self.assertEqual(d.draws.units["gas"], "USD/MMBtu")
        self.assertFalse(gas.flags.owndata)  # a view of the engine's buffer
        self.assertFalse(gas.flags.writeable)
        frame = d.draws.df(["gas", "dear"])
        self.assertEqual(list(frame.columns), ["gas", "dear"])
        with self.assertRaises(KeyError):
            d.draws.numpy("gasoline")

    def test_columns_of_the_flagship(self):
        d = entente.load(ROOT / "situations/moscow-2025").doubt(50, threads=2)
        for name, claim in d.claims.items():
            x = d.draws.numpy(name)
            self.assertEqual(int(numpy.isnan(x).sum()), claim.undefined, name)
            if not claim.data["share_within_draws"] or claim.undefined == 0:
                self.assertAlmostEqual(float(numpy.nansum(x)) / len(x), claim.probability, places=12, msg=name)
        frame = d.draws.df()
        self.assertEqual(len(frame), 50)
        self.assertGreater(len(frame.columns), 500)
        self.assertEqual(list(d.claims.df().index), list(d.claims))

    def test_accounts_are_tables_of_numbers(self):
        a = entente.load(ROOT / "situations/moscow-2025").ask()
        tables = a.questions["kim"].tables
        patrons = next(iter(tables.values()))
        self.assertEqual(list(patrons["patron"])[:2], ["CHN", "RUS"])
        gain, replaced = patrons["gain"].iloc[:2], patrons["replaced"].iloc[:2]
        self.assertTrue(all(isinstance(x, float) for x in [*gain, *replaced]), patrons)
        self.assertTrue((gain > replaced).all(), patrons)

    def test_a_situation_of_dicts_is_the_text(self):
        content = {
            "entente": 1, "situation": "A prize", "as_of": "2025-01-01",
            "sources": {"s": {"title": "invented", "date": "2024-01-01", "grade": "B2"}}, "source": "s",
            "actors": {"ANN": "Annland", "BOB": "Bobland"},
            "drivers": {"gas": "between 4 and 8 USD/MMBtu", "oil": "60 to 80 USD/bbl"},
            "claims": {"dear": {"says": "Gas is dear.", "holds": "gas > 6 USD/MMBtu"},
                       "cheap": {"says": "Oil is cheap.", "holds": "oil < 50 USD/bbl"}}}
        self.assertEqual(entente.situation(content).doubt(500).data, entente.situation(PRIZE).doubt(500).data)

    def test_a_data_frame_is_a_table(self):
        drivers = pandas.DataFrame({"value": ["between 4 and 8 USD/MMBtu", "60 to 80 USD/bbl"]},
                                   index=pandas.Index(["gas", "oil"], name="name"))
        sources = pandas.DataFrame({"title": ["invented"], "date": ["2024-01-01"], "grade": ["B2"]},
                                   index=pandas.Index(["s"], name="name"))
        content = {"entente": 1, "situation": "A prize", "as_of": "2025-01-01", "sources": sources, "source": "s",
                   "actors": {"ANN": "Annland", "BOB": "Bobland"},
                   "drivers": {"gas": drivers.loc["gas", "value"], "oil": drivers.loc["oil", "value"]},
                   "claims": {"dear": {"says": "Gas is dear.", "holds": "gas > 6 USD/MMBtu"}}}
        s = entente.situation(content)
        self.assertEqual(s.doubt(500)["dear"].probability, entente.situation(PRIZE).doubt(500)["dear"].probability)


if __name__ == "__main__":
    unittest.main()
