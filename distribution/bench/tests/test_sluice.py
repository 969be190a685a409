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
        paths = [path for path, _ in self.stored("sluice")]
        self.assertEqual(["/upstreams", "/upstreams/bench/targets", "/upstreams/bench/targets", "/services",
                          "/services/bench/routes"], paths)
        self.assertEqual({"name": "bench", "paths": ["/api"], "strip_path": False}, self.stored("sluice")[-1][1])

    def test_runs_on_one_event_loop_and_the_heap_of_all_jvms(self):
        self.launched(Sluice("sluice"))

        with open(os.path.join(self.folder, "sluice", "prefix", "environment.json")) as file:
            environment = json.load(file)
        self.assertEqual("1", environment["SLUICE_NGINX_WORKER_PROCESSES"])
        self.assertEqual("-Xms512m -Xmx512m -XX:+UseSerialGC", environment["JAVA_OPTS"])

    def test_keyed_has_a_thousand_keys_and_refuses_to_do_without(self):
        runner = self.launched(Sluice("sluice-key-auth", keyed=True))

        self.assertIsNone(fault(runner.candidate, runner.port, "small"))
        keys = {entity["key"] for path, entity in self.stored("sluice-key-auth") if path.endswith("/key-auth")}
        self.assertEqual(1000, len(keys))
        self.assertIn(["/routes/bench/plugins", {"name": "key-auth"}], self.stored("sluice-key-auth"))

    def test_a_keyed_gateway_that_lets_everyone_in_is_at_fault(self):
        runner = self.launched(Sluice("sluice"))

        self.assertIn("without a key answered 200", fault(Sluice("open", keyed=True), runner.port, "small"))

    def test_a_missing_distribution_is_an_obstacle(self):
        self.site.sluice = self.folder

        self.assertIn("no unpacked distribution", Sluice("sluice").obstacle(self.site))

    def stored(self, name):
        with open(os.path.join(self.folder, name, "prefix", "entities.json")) as file:
            return json.load(file)
