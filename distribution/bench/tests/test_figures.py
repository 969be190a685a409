"""What is made of counts: figures, order, report and plot."""
import contextlib
import io
import os
import tempfile
import unittest
import xml.dom.minidom

from harness import report, wrk
from harness.scenarios import Scenario
from harness.procfs import CpuTime
from harness.results import errors_of
from harness.rounds import figures, rotated, settled


def a_load(**changes):
    whole = dict(requests=1000, bytes=300_000, seconds=2.0, p50_us=900, p99_us=4000, bad_status=0, socket_errors=0,
                 timeouts=0)
    return wrk.Load(**{**whole, **changes})


def a_run(name, cpu_us, number=1, **changes):
    run = figures(a_load(), CpuTime(cpu_us / 2000, cpu_us / 2000), 2.0, 1.9, 0.0, Scenario("small", 64))
    return {"scenario": "small -c64", "round": number, "candidate": name, **run, **changes}


def an_outcome(*runs):
    names = dict.fromkeys(run["candidate"] for run in runs)
    return dict(
        when="2026-01-01 00:00", machine={"CPU": "2 × test"}, cores=[0, 1], warnings=[], skipped={}, errors=[],
        settings=dict(base="nginx", rounds=3, seconds=2, nice=0), runs=list(runs),
        candidates=[dict(name=name, version="1", proxies=name != "direct", starts=[0.5, 0.3, 0.4], rss_mib=10.0,
                         pss_mib=5.0, warm_up=[]) for name in names])


class FiguresTest(unittest.TestCase):
    def test_cost_is_cpu_by_requests(self):
        run = figures(a_load(), CpuTime(0.02, 0.03), 2.0, 0.5, 0.1, Scenario("small", 64))

        self.assertAlmostEqual(50, run["cpu_us"])
        self.assertAlmostEqual(20, run["user_us"])
        self.assertAlmostEqual(500, run["rate"])
        self.assertAlmostEqual(0.025, run["own_share"])
        self.assertAlmostEqual(0.225, run["other_share"])
        self.assertEqual(0, errors_of(run))

    def test_every_kind_of_wrong_answer_counts(self):
        for changes in (dict(bad_status=1), dict(socket_errors=1), dict(bytes=1000), dict(requests=0, bytes=0)):
            with self.subTest(changes):
                load = a_load(**changes)
                self.assertEqual(1, errors_of(figures(load, CpuTime(1, 1), 2, 2, 0, Scenario("small", 64))))

    def test_rounds_rotate(self):
        self.assertEqual([list("ABC"), list("BCA"), list("CAB"), list("ABC")],
                         [rotated(list("ABC"), turn) for turn in range(4)])
        self.assertEqual([], rotated([], 3))

    def test_a_warm_up_lasts_while_the_cost_falls_within_bounds(self):
        self.assertFalse(settled([100, 99], 23, 24, 60, 4), "too short")
        self.assertFalse(settled([100], 24, 24, 60, 4), "nothing to compare with")
        self.assertFalse(settled([100, 95], 30, 24, 60, 4), "still falling")
        self.assertTrue(settled([100, 97], 30, 24, 60, 4))
        self.assertTrue(settled([100, 50], 60, 24, 60, 4), "out of time")
        self.assertTrue(settled([], 0, 0, 0, 4), "none wanted")

    def test_wrk_without_a_summary_is_an_error(self):
        with self.assertRaisesRegex(RuntimeError, "unable to connect"):
            wrk.parse("unable to connect to 127.0.0.1:1")

    def test_wrk_summary(self):
        load = wrk.parse('Running\nSUMMARY {"requests":10,"bytes":99,"duration_us":500000,"p50_us":1,"p99_us":2,'
                         '"bad_status":3,"connect":1,"read":2,"write":3,"timeout":4,"max_us":5}\n')

        self.assertEqual(wrk.Load(10, 99, 0.5, 1, 2, 3, 6, 4), load)
        self.assertEqual(20, load.rate)


class ReportTest(unittest.TestCase):
    def test_ratios_are_of_medians_and_the_direct_row_has_none(self):
        runs = [a_run("direct", 5)]
        runs += [a_run("nginx", cost, number) for number, cost in enumerate((20, 10, 90))]
        runs += [a_run("sluice", cost, number) for number, cost in enumerate((30, 31, 29))]

        lines = report.table(an_outcome(*runs), "small -c64")

        self.assertIn("| direct | 5.0 | – |", lines[2])
        self.assertIn("| nginx | 20.0 (10.0–90.0) | 1.00 |", lines[3])
        self.assertIn("| sluice | 30.0 (29.0–31.0) | 1.50 |", lines[4])

    def test_what_has_something_added_is_set_beside_its_plain_form(self):
        outcome = an_outcome(a_run("nginx", 20), a_run("sluice", 30), a_run("sluice-more", 33))
        outcome["candidates"][2]["beside"] = "sluice"

        lines = report.table(outcome, "small -c64")

        self.assertIn("| sluice | 30.0 | 1.50 | – |", lines[3])
        self.assertIn("| sluice-more | 33.0 | 1.65 | 1.10 |", lines[4])

    def test_there_are_no_ratios_without_the_base(self):
        self.assertIn("| sluice | 30.0 | – |", report.table(an_outcome(a_run("sluice", 30)), "small -c64")[2])

    def test_remarks(self):
        def remark(own, other, scenario="small -c64"):
            return report.remark([dict(own_share=own, other_share=other)], False, scenario)

        self.assertEqual("", remark(0.95, 0.05))
        self.assertEqual("shared its core", remark(0.7, 0.3))
        self.assertEqual("not the bottleneck", remark(0.5, 0.1))
        self.assertEqual("", remark(0.5, 0.1, "small -c1"))

    def test_all_three_files_come_of_a_run_and_again_of_its_json(self):
        outcome = an_outcome(a_run("nginx", 20), a_run("a<b", 30))
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            path = os.path.join(folder, "load.json")
            report.write(outcome, path)
            again = report.load(path)
            picture = xml.dom.minidom.parse(os.path.join(folder, "load.svg"))

        self.assertEqual(report.markdown(outcome), report.markdown(again))
        texts = [node.firstChild.data for node in picture.getElementsByTagName("text")]
        self.assertIn("a<b", texts)
        self.assertIn("30.0 (1.50×)", texts)

    def test_one_that_fell_out_keeps_its_rounds(self):
        outcome = an_outcome(a_run("nginx", 20), a_run("gone", 30))
        outcome["candidates"].pop()

        self.assertIn("| gone | 30.0 | 1.50 |", "\n".join(report.table(outcome, "small -c64")))
