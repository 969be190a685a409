"""What may be asked for on the command line, and what is taken where nothing is asked for."""
import contextlib
import io
import unittest

from harness import bodies, candidates, machine, options
from harness.scenarios import Scenario


class ChoicesTest(unittest.TestCase):
    def test_the_full_run(self):
        settings = options.parse([])

        self.assertEqual((3, 24, 48), (settings.rounds, settings.warm, settings.warm_max))
        self.assertEqual([Scenario("small", 64), Scenario("small", 1), Scenario("big", 64)], settings.scenarios[:3])
        self.assertEqual([], settings.only)
        self.assertEqual(options.PARTS, settings.parts)

    def test_who_names_candidates_or_scenarios_wants_no_other_parts(self):
        for words in (["--only", "nginx"], ["--scenarios", "small:1"]):
            with self.subTest(words):
                self.assertEqual(["load", "allocation"], options.parse(words).parts)
        self.assertEqual(["memory"], options.parse(["--only", "nginx", "--parts", "memory"]).parts)
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit):
            options.parse(["--parts", "lunch"])

    def test_smoke_gives_way_to_what_is_named(self):
        settings = options.parse(["--smoke", "--seconds", "2", "--only", "nginx"])

        self.assertEqual((1, 2, ["nginx"]), (settings.rounds, settings.seconds, settings.only))

    def test_a_longer_warm_up_moves_its_limit(self):
        self.assertEqual(90, options.parse(["--warm", "90"]).warm_max)

    def test_scenarios_have_a_known_body_and_connections(self):
        for text in ("small", "small:0", "huge:1", "small:x"):
            with self.subTest(text), contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit):
                options.parse(["--scenarios", text])

    def test_candidates_keep_their_order_and_added_ones_come_last(self):
        chosen = candidates.choose(["haproxy", "nginx"], ["mine=prog --port {port}"])

        self.assertEqual(["nginx", "haproxy", "mine"], [candidate.name for candidate in chosen])

    def test_unknown_and_doubled_names(self):
        for only, added in ((["ngnix"], []), ([], ["nginx=prog"]), ([], ["prog"])):
            with self.subTest(only=only, added=added), self.assertRaises(ValueError):
                candidates.choose(only, added)

    def test_cores(self):
        self.assertEqual((0, 1), machine.pick_cores(allowed=[0, 1, 2]))
        self.assertEqual((3, 3), machine.pick_cores(allowed=[3]))
        self.assertEqual((2, 0), machine.pick_cores((2, 0), [0, 1, 2]))
        with self.assertRaises(ValueError):
            machine.pick_cores((0, 9), [0, 1])
        self.assertIn("ONE core", machine.warnings((0, 0), 1)[0])

    def test_bodies_have_the_stated_lengths_and_keys_differ(self):
        self.assertEqual([104, 10_000, 100_000, 1_000_000, 104], [len(body) for body in bodies.BODIES.values()])
        self.assertEqual(1000, len({key for _, key in bodies.consumers()}))
