"""Long work: progress, an interrupt, threads of Python beside it."""

import _thread
import threading
import time
import unittest

import entente
from common import PRIZE, ROOT


class Contract(unittest.TestCase):
    def test_an_interrupt_ends_it(self):
        s = entente.load(ROOT / "situations/moscow-2025")
        threading.Timer(0.5, _thread.interrupt_main).start()
        begin = time.monotonic()
        with self.assertRaises(KeyboardInterrupt):
            s.doubt(100_000, threads=1)
        self.assertLess(time.monotonic() - begin, 20)  # it would take minutes
        self.assertEqual(s.doubt(20)["wedge"].name, "wedge")  # and the engine goes on

    def test_the_interpreter_is_free_meanwhile(self):
        s = entente.load(ROOT / "situations/moscow-2025")
        ticks, stop = 0, threading.Event()

        def tick():
            nonlocal ticks
            while not stop.wait(0.005):
                ticks += 1

        other = threading.Thread(target=tick)
        other.start()
        s.doubt(60, threads=1)
        stop.set()
        other.join()
        self.assertGreater(ticks, 10)

    def test_steps_and_threads_leave_no_trace(self):
        s = entente.situation(PRIZE)
        once = s.doubt(1000, seed=9, threads=1).data
        self.assertEqual(s.doubt(1000, seed=9, threads=2, progress=True).data, once)
        self.assertNotEqual(s.doubt(1000, seed=10).data, once)


if __name__ == "__main__":
    unittest.main()
