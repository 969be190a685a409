"""Latency while the configuration changes: quiet and busy runs in turn, 50 writes of routes a second beside the busy ones.

Requests are warmed up before anything is measured, and so are writes; what the first of them do to requests has a column of its own.
"""
import threading
import time
from statistics import median

from ..http import AdminApi
from ..rounds import LEAD_SECONDS
from ..scenarios import Scenario

WRITES_PER_SECOND = 50
# How much longer than one run writes are warmed up for: compilers take their time over what is done 50 times a second.
LEAD_RUNS = 6
# Connections, and the milliseconds that each rests before a request: a load which leaves the gateway room, and one that does not.
MODES = {"steady": (Scenario("small", 32), 8), "full": (Scenario("small", 64), 0)}


class Writer(threading.Thread):
    """Makes a route, moves it, removes it, and so on, at a fixed pace until told to end."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.api = AdminApi(port)
        self.ending = threading.Event()
        self.seconds = []
        self.failure = None

    def run(self):
        due, number = time.monotonic(), 0
        try:
            while not self.ending.wait(max(0.0, due - time.monotonic())):
                due += 1 / WRITES_PER_SECOND
                begun = time.monotonic()
                self.write(number)
                self.seconds.append(time.monotonic() - begun)
                number += 1
            while number % 3:
                self.write(number)
                number += 1
        except Exception as failure:  # whatever it is, it is the run's
            self.failure = failure
        finally:
            self.api.close()

    def write(self, number):
        name = f"change-{number // 3}"
        if number % 3 == 0:
            self.api.create("/services/bench/routes", {"name": name, "paths": [f"/{name}/"]})
        elif number % 3 == 1:
            self.api.call("PATCH", f"/routes/{name}", {"paths": [f"/{name}/moved/"]}, 200)
        else:
            self.api.call("DELETE", f"/routes/{name}", None, 204)

    def end(self):
        """Waits for the write under way; the error where one failed."""
        self.ending.set()
        self.join()
        if self.failure:
            raise self.failure


def measure(meter, runner, mode, pairs, seconds):
    """A row: medians of quiet and busy runs, which follow each other in both orders."""
    scenario, rest = MODES[mode]
    meter.check(runner, scenario)
    meter.load(runner, scenario, LEAD_SECONDS, rest=rest)

    def beside_writes(duration):
        writer = Writer(runner.candidate.admin_port)
        writer.start()
        begun = time.monotonic()
        try:
            return meter.load(runner, scenario, duration, rest=rest), writer.seconds, time.monotonic() - begun
        finally:
            writer.end()

    loads, writes, busy_seconds = {"first": [beside_writes(seconds)[0]], "quiet": [], "busy": []}, [], 0.0
    beside_writes(LEAD_RUNS * seconds)
    for pair in range(pairs):
        for kind in ("quiet", "busy") if pair % 2 == 0 else ("busy", "quiet"):
            if kind == "quiet":
                loads[kind].append(meter.load(runner, scenario, seconds, rest=rest))
            else:
                load, its_writes, its_seconds = beside_writes(seconds)
                loads[kind].append(load)
                writes += its_writes
                busy_seconds += its_seconds
    meter.check(runner, scenario)
    return dict(candidate=runner.name, mode=mode, scenario=str(scenario), **row(loads, writes, busy_seconds))


def row(loads, writes, busy_seconds):
    every = [load for runs in loads.values() for load in runs]
    found = dict(
        writes_per_second=len(writes) / max(busy_seconds, 1e-9), write_ms=median(writes) * 1000 if writes else 0.0,
        slowest_write_ms=max(writes, default=0.0) * 1000,
        errors=sum(load.bad_status + load.socket_errors for load in every), late=sum(load.timeouts for load in every))
    for kind, runs in loads.items():
        found[kind] = dict(rate=median(load.rate for load in runs), p50_us=median(load.p50_us for load in runs),
                           p99_us=median(load.p99_us for load in runs))
    return found
