"""Processes and their CPU time, with real ones."""
import os
import sys
import tempfile
import time
import unittest

from harness import process, procfs
from harness.answers import await_answer
from harness.machine import pick_cores
from harness.process import Processes
from harness.site import Site

PARENT_OF_A_BURNER = """
import subprocess, sys, time
subprocess.run([sys.executable, "-c", "while __import__('time').process_time() < 0.3: pass"], check=True)
print("done", flush=True)
time.sleep(600)
"""
DEAF = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.fork()
print("deaf", flush=True)
time.sleep(600)
"""


class ProcessTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = os.path.join(folder.name, "output.log")

    def start(self, processes, program, *said):
        started = processes.start([sys.executable, "-c", program], pick_cores()[1], self.log)
        await_answer(started, lambda: procfs.read(self.log).split() == list(said), 30)
        return started

    def test_the_time_of_an_ended_child_stays_with_its_family(self):
        with Processes() as processes:
            started = self.start(processes, PARENT_OF_A_BURNER, "done")

            self.assertEqual([started.pid], list(procfs.family(started.pid)))
            self.assertGreaterEqual(procfs.cpu_time(started.pid).total, 0.29)

    def test_it_is_pinned(self):
        core = pick_cores()[1]
        with Processes() as processes:
            started = self.start(processes, DEAF.replace("os.fork()", ""), "deaf")

            self.assertEqual({core}, os.sched_getaffinity(started.pid))
            started.popen.kill()

    def test_those_who_do_not_listen_are_killed_with_their_children(self):
        patience, process.PATIENCE_SECONDS = process.PATIENCE_SECONDS, 0.2
        self.addCleanup(setattr, process, "PATIENCE_SECONDS", patience)
        with Processes() as processes:
            started = self.start(processes, DEAF, "deaf", "deaf")
            family = procfs.family(started.pid)
            self.assertEqual(2, len(family))

        deadline = time.monotonic() + 10
        while any(alive(pid) for pid in family):
            self.assertLess(time.monotonic(), deadline)

    def test_the_end_of_a_process_ends_the_waiting(self):
        with Processes() as processes:
            started = processes.start([sys.executable, "-c", "exit('no such port')"], pick_cores()[1], self.log)

            with self.assertRaisesRegex(RuntimeError, "ended with code 1: no such port"):
                await_answer(started, lambda: False, 30)


def alive(pid):
    text = procfs.read(f"/proc/{pid}/stat")
    return bool(text) and procfs.stat_fields(text)[0] != "Z"


class ThreadsTest(unittest.TestCase):
    def test_shares_are_of_the_event_loops_alone(self):
        before = {"1": ("vert.x-eventloo", 1.0), "2": ("vert.x-eventloo", 1.0), "3": ("C2 CompilerThre", 0.0)}
        after = {**before, "1": ("vert.x-eventloo", 4.0), "2": ("vert.x-eventloo", 2.0), "3": ("C2 CompilerThre", 9.0),
                 "4": ("vert.x-eventloo", 0.001)}

        spent = procfs.worked(before, after)

        self.assertEqual(("C2 CompilerThre", 9.0), spent[0])
        self.assertEqual([0.75, 0.25], procfs.loop_shares(spent))
        self.assertEqual([], procfs.loop_shares([]))

    def test_own_threads_are_found(self):
        self.assertIn(str(os.getpid()), procfs.threads(os.getpid()))
        self.assertEqual({}, procfs.threads(-1))

    def test_cores_for_many_loops(self):
        site = Site("", 0, 1, None, allowed=frozenset({0, 1, 2}))

        self.assertEqual([{1}, {1, 2}, {0, 1, 2}, {0, 1, 2}], [site.many_cores(count) for count in (1, 2, 3, None)])


class StatTest(unittest.TestCase):
    LINE = "71 (odd) name (x) S 7 71 71 0 -1 4194560 1 2 3 4 100 50 20 10 20 0 1 0"

    def test_a_name_may_hold_brackets_and_spaces(self):
        self.assertEqual(7, procfs.parent_of(self.LINE))

    def test_ended_children_count(self):
        spent = procfs.cpu_of(self.LINE)

        self.assertAlmostEqual(120 / procfs.TICKS_PER_SECOND, spent.user)
        self.assertAlmostEqual(60 / procfs.TICKS_PER_SECOND, spent.system)
