"""Situations are values; what is wrong is one exception with its place; wrong types are refused."""

import gc
import os
import tempfile
import unittest

import entente
from common import PRIZE


class Values(unittest.TestCase):
    def setUp(self):
        self.s = entente.situation(PRIZE)

    def test_set_leaves_the_first_as_it_was(self):
        t = self.s.set("gas", "between 5 and 9 USD/MMBtu")
        self.assertEqual(self.s.changed, {})
        self.assertEqual(t.changed, {"drivers.gas": "between 5 and 9 USD/MMBtu"})
        self.assertAlmostEqual(self.s.doubt(1000)["dear"].probability, 0.5, delta=0.01)
        self.assertAlmostEqual(t.doubt(1000)["dear"].probability, 0.75, delta=0.01)
        self.assertIn("between 5 and 9", t.dissent())
        change = t.diff(1000).df()
        self.assertAlmostEqual(change.loc["dear", "change"], 0.25, delta=0.01)
        del self.s
        gc.collect()
        self.assertEqual(t.explain("gas").value, 7)  # the base that it was changed from is still there for it

    def test_complaints_are_located(self):
        with self.assertRaises(entente.EntenteError) as caught:
            entente.situation(PRIZE.replace("gas > 6", "gaz > 6"))
        self.assertTrue(caught.exception.codes)
        self.assertEqual(caught.exception.diagnostics[0]["place"]["line"], 9)
        self.assertIn("situation.yaml:9:", str(caught.exception))
        with self.assertRaises(entente.EntenteError) as caught:
            self.s.set("gass", "5 USD/MMBtu")
        self.assertEqual(caught.exception.codes, ["E0771"])
        self.assertIn("did you mean `gas`?", str(caught.exception))
        with self.assertRaises(entente.EntenteError):
            self.s.set("gas", "5 to 9 USD/bbl")  # the wrong unit
        with self.assertRaises(entente.EntenteError):
            entente.load("/nowhere/at/all.yaml")
        with self.assertRaises(entente.EntenteError):
            self.s.explain("nothing.of.that.name")
        for wrong in ({"draws": 0}, {"seed": -1}, {"claims": ["none"]}, {"draws": 10**12}):
            with self.subTest(wrong), self.assertRaises(entente.EntenteError):
                self.s.doubt(**wrong)

    def test_wrong_types(self):
        with self.assertRaises(TypeError):
            self.s.set("gas", 5)
        with self.assertRaises(TypeError):
            self.s.set("gas")
        with self.assertRaises(ValueError):
            entente.situation({"entente": 1, "situation": "None", "drivers": {"x": float("nan")}})
        with self.assertRaises(TypeError):
            entente.situation({"entente": 1, "situation": None})
        d = self.s.doubt(100)
        with self.assertRaises(KeyError) as caught:
            d["deer"]
        self.assertIn("did you mean 'dear'?", str(caught.exception))

    def test_a_page_is_never_written_over_a_file(self):
        d = self.s.doubt(100)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "page.html")
            d.report(path)
            with open(path, encoding="utf-8") as page:
                self.assertTrue(page.read().startswith("<!DOCTYPE html>"))
            with self.assertRaises(FileExistsError):
                d.report(path)

    def test_what_is_closed_is_closed(self):
        for _ in range(1200):  # more than may be open at once
            entente.situation(PRIZE)
        gc.collect()
        self.assertEqual(entente.situation(PRIZE).title, "A prize")

    def test_notebooks_see_tables(self):
        d = self.s.doubt(100)
        self.assertIn("<table", d._repr_html_())
        self.assertIn("<table", d["dear"]._repr_html_())
        self.assertIn("<table", self.s.ask()._repr_html_())


if __name__ == "__main__":
    unittest.main()
