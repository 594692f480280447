"""The wheel: built without isolation from what the build has, installed without an index where the system's packages are
seen, and answering there. And the types, where mypy is."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from common import PRIZE, PROGRAM, ROOT

CODE = f"""
import entente, pathlib
assert "site-packages" in entente.__file__, entente.__file__
s = entente.situation({PRIZE!r})
assert abs(s.doubt(1000)["dear"].probability - 0.5) < 0.01
war = entente.load({str(ROOT / "situations/history/tariff-truce-2025")!r})
print(war.ask())  # its economy is one of the tables that come in the wheel
"""


class Wheel(unittest.TestCase):
    def test_it_installs_and_answers(self):
        if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode != 0:
            self.skipTest("python3-pip is not installed")
        clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        with tempfile.TemporaryDirectory() as folder:
            build = {**clean, "ENTENTE_BUILD": str(pathlib.Path(PROGRAM).parent)}
            subprocess.run([sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--no-index",
                            "--quiet", "-w", folder, str(ROOT / "python")], check=True, env=build)
            wheel = next(pathlib.Path(folder).glob("*.whl"))
            made = subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", f"{folder}/venv"],
                                  capture_output=True, text=True)
            if made.returncode != 0:
                self.skipTest("python3-venv is not installed")
            python = f"{folder}/venv/bin/python"
            subprocess.run([python, "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", str(wheel)], check=True,
                           env=clean)
            done = subprocess.run([python, "-c", CODE], capture_output=True, text=True, cwd=folder, env=clean)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("claims true", done.stdout)

    def test_types(self):
        if not shutil.which("mypy"):
            self.skipTest("mypy is not installed")
        done = subprocess.run(["mypy", "--strict", "--python-version", "3.11", str(ROOT / "python/entente"), "--cache-dir",
                               os.devnull, "--config-file", str(ROOT / "python/pyproject.toml")], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main()
