"""The policies that plugins.sh prices, and the table it prints of them."""
import argparse
import unittest

from harness import bodies, plugins, policies, sinks

KNOWN = policies.known(sinks.Sinks(1, 2, 3, "/tmp/none"))


class PoliciesTest(unittest.TestCase):
    def test_each_has_a_name_and_a_path_of_its_own(self):
        names = [policy.name for policy in KNOWN] + [policies.NO_PLUGIN]
        paths = [policy.path for policy in KNOWN] + [plugins.BARE.path]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(len(paths), len(set(paths)))

    def test_no_path_is_taken_for_another_one(self):
        paths = [policy.path + bodies.path_of("small") for policy in [*KNOWN, plugins.BARE]]
        for path in paths:
            self.assertEqual([path], [each for each in paths if each.startswith(path)])

    def test_requests_are_lines_that_the_load_script_can_read(self):
        for policy in KNOWN:
            requests = policy.requests(bodies.consumers())
            self.assertTrue(requests, policy.name)
            for name, value in (line for headers in requests for line in headers.items()):
                self.assertNotRegex(name, "[\t\n:]")
                self.assertNotRegex(value, "[\t\n]")

    def test_an_unknown_name_is_an_error(self):
        with self.assertRaises(ValueError):
            policies.choose(KNOWN, ["key-auth", "no such policy"])
        self.assertEqual(["jwt"], [policy.name for policy in policies.choose(KNOWN, ["jwt"])])


class TableTest(unittest.TestCase):
    def test_the_cheapest_comes_first_and_what_was_left_out_is_named(self):
        run = plugins.Plugins(argparse.Namespace(), _Site())
        run.ratios = {"cors": [1.2, 1.1, 1.3], "jwt": [1.0]}
        run.costs = {"cors": [12.0, 11.0, 13.0], "jwt": [10.0]}
        run.left_out = {"acl": "no such consumer"}

        lines = plugins.table(run, [policy for policy in KNOWN if policy.name in ("cors", "jwt", "acl")]).splitlines()

        self.assertEqual("| jwt | 1.00 (1.00–1.00) | 10.0 | HS256 |", lines[2])
        self.assertEqual("| cors | 1.20 (1.10–1.30) | 12.0 |  |", lines[3])
        self.assertEqual("- left out: acl: no such consumer", lines[-1])


class _Site:
    def free_port(self):
        return 1


if __name__ == "__main__":
    unittest.main()
