"""The Sluice candidate against a stand-in that keeps to the same contract."""
import contextlib
import json
import os
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from harness import bodies
from harness.answers import answers, fault
from harness.machine import pick_cores
from harness.process import Processes
from harness.rounds import launch
from harness.site import Site
from harness.sluice import Sluice

# The harness sets these itself, or leaves them alone.
for name in ("JAVA_OPTS", "SLUICE_NGINX_WORKER_PROCESSES"):
    os.environ.pop(name, None)
FAKE = os.path.join(os.path.dirname(__file__), "fake_sluice")


class Backend(BaseHTTPRequestHandler):
    def do_GET(self):
        body = bodies.BODIES[self.path.rpartition("/")[2]]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class SluiceTest(unittest.TestCase):
    def setUp(self):
        backend = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
        threading.Thread(target=backend.serve_forever, daemon=True).start()
        self.addCleanup(backend.server_close)
        self.addCleanup(backend.shutdown)
        stack = contextlib.ExitStack()
        self.addCleanup(stack.close)
        self.folder = stack.enter_context(tempfile.TemporaryDirectory())
        self.processes = stack.enter_context(Processes())
        port = backend.server_port
        self.site = Site(self.folder, *pick_cores(), self.processes, FAKE, (port, port))

    def launched(self, candidate, starts=1):
        self.assertIsNone(candidate.obstacle(self.site))
        return launch(self.site, candidate, starts)

    def test_is_set_up_once_and_then_restarted(self):
        runner = self.launched(Sluice("sluice"), starts=2)

        self.assertEqual(2, len(runner.starts))
        self.assertTrue(answers(runner.candidate, runner.port, "big"))
        self.assertEqual([runner.process], self.processes.running)
        stored = self.stored("sluice")
        self.assertEqual(2, len(stored["upstreams"][0]["targets"]))
        self.assertEqual([{"name": "bench-api", "paths": ["/api"], "strip_path": False}],
                         stored["services"][0]["routes"])

    def test_runs_on_one_event_loop_and_the_heap_of_all_jvms(self):
        self.launched(Sluice("sluice"))

        with open(os.path.join(self.folder, "sluice", "prefix", "environment.json")) as file:
            environment = json.load(file)
        self.assertEqual("1", environment["SLUICE_NGINX_WORKER_PROCESSES"])
        self.assertEqual("-Xms512m -Xmx512m -XX:+UseSerialGC", environment["JAVA_OPTS"])

    def test_keyed_has_a_thousand_keys_and_refuses_to_do_without(self):
        plugins = [{"name": "key-auth"}, {"name": "rate-limiting", "config": {"minute": 9}}]
        runner = self.launched(Sluice("sluice-key-auth", keyed=True, plugins=plugins))

        self.assertIsNone(fault(runner.candidate, runner.port, "small"))
        stored = self.stored("sluice-key-auth")
        self.assertEqual(1000, len({user["keyauth_credentials"][0]["key"] for user in stored["consumers"]}))
        self.assertEqual(plugins, stored["services"][0]["routes"][0]["plugins"])

    def test_many_routes_are_all_asked_for_and_the_last_one_is_checked(self):
        runner = self.launched(Sluice("sluice-many", routes=10))

        self.assertIsNone(fault(runner.candidate, runner.port, "small"))
        with open(runner.candidate.carried(self.site)["prefixes"]) as file:
            asked = file.read().split()
        self.assertEqual([f"/r{number:06}" for number in range(10)], sorted(asked))
        self.assertNotEqual(sorted(asked), asked)
        runner.candidate.prefixes.append("/r000010")
        self.assertIn("/r000010/small answered 404", fault(runner.candidate, runner.port, "small"))

    def test_as_it_ships_it_chooses_heap_and_loops_itself(self):
        candidate = Sluice("sluice", shipped=True)
        self.launched(candidate)

        with open(os.path.join(self.folder, "sluice", "prefix", "environment.json")) as file:
            self.assertEqual({None}, set(json.load(file).values()))
        self.assertEqual(self.site.allowed, candidate.cores(self.site))

    def test_a_keyed_gateway_that_lets_everyone_in_is_at_fault(self):
        runner = self.launched(Sluice("sluice"))

        self.assertIn("without a key answered 200", fault(Sluice("open", keyed=True), runner.port, "small"))

    def test_a_missing_distribution_is_an_obstacle(self):
        self.site.sluice = self.folder

        self.assertIn("no unpacked distribution", Sluice("sluice").obstacle(self.site))

    def stored(self, name):
        with open(os.path.join(self.folder, name, "prefix", "entities.json")) as file:
            return json.load(file)
