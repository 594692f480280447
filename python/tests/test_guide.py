"""Every line of the guide's page runs as it stands there."""

import os
import re
import shutil
import tempfile
import unittest

from common import ROOT


class Guide(unittest.TestCase):
    def test_the_page_runs(self):
        text = (ROOT / "docs/guide/python.md").read_text(encoding="utf-8")
        blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        self.assertGreaterEqual(len(blocks), 4)
        here = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "situations/moscow-2025", f"{folder}/situations/moscow-2025")
            os.chdir(folder)
            try:
                names = {}
                for block in blocks:
                    exec(compile(block.replace("draws=10_000", "draws=50"), "docs/guide/python.md", "exec"), names)
            finally:
                os.chdir(here)
            self.assertTrue(os.path.exists(f"{folder}/page.html"))
        self.assertEqual(names["t"].changed, {"drivers.brent": "60 to 80 USD/bbl"})
        self.assertFalse(names["a"].quantities("with reopen-europe").empty)


if __name__ == "__main__":
    unittest.main()
