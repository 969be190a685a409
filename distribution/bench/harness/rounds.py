"""Starting, warming up and measuring: the order in which things happen, and the figures of one counted run."""
import time
from dataclasses import dataclass, field

from . import procfs
from .answers import answers, await_answer, fault
from .bodies import BODIES

START_PATIENCE_SECONDS = 120
LAP_SECONDS = 6
FULL_WARM_SECONDS = 24
NATIVE_WARM_SECONDS = 2
LEAD_SECONDS = 1


@dataclass
class Runner:
    """A candidate that is up."""

    candidate: object
    port: int
    process: object
    starts: list = field(default_factory=list)
    warm_up: list = field(default_factory=list)
    scenarios: list = field(default_factory=list)

    @property
    def name(self):
        return self.candidate.name


def launch(site, candidate, starts):
    """Starts it as often as asked, each time until the first proxied 200, and leaves the last one up."""
    if not candidate.proxies:
        return Runner(candidate, site.targets[0], None)
    port = site.free_port()
    if candidate.tls and site.certificate:
        candidate.tls_port = site.free_port()
    runner = Runner(candidate, port, None)
    for _ in range(starts):
        if runner.process is not None:
            site.processes.stop(runner.process)
        runner.process = candidate.start(site, port)
        try:
            await_answer(runner.process, lambda: answers(candidate, port, "small"), START_PATIENCE_SECONDS)
        except RuntimeError:
            site.processes.stop(runner.process)
            raise
        runner.starts.append(runner.process.age())
    return runner


class Meter:
    """Drives one load after the other and counts what the candidate spends on it."""

    def __init__(self, site, wrk, backend, h2load=None, handshakes=None):
        self.site = site
        self.wrk = wrk
        self.backend = backend
        self.h2load = h2load
        self.handshakes = handshakes

    def load(self, runner, scenario, seconds, **carried):
        candidate, shape = runner.candidate, scenario.shape
        port = candidate.tls_port if shape.tls else runner.port
        path = candidate.paths(scenario.body)[0]
        if shape.http2:
            return self.h2load.run(port, path, scenario.connections, shape.streams, seconds)
        if shape.full:
            return self.handshakes.run(port, path, seconds)
        carried = {**candidate.carried(self.site), "fresh": shape.fresh,
                   "post": self.site.posted_file if shape.posted else "", **carried}
        return self.wrk.run(port, path, scenario.connections, seconds, shape.tls, **carried)

    def cpu(self, runner):
        return procfs.cpu_time(self.measured(runner)[0])

    def measured(self, runner):
        """(pid that is charged, cores it runs on)."""
        if runner.process is None:
            return self.backend.pid, {self.site.load_core}
        return runner.process.pid, runner.candidate.cores(self.site)

    def warm_up(self, runner, scenarios, least, most, settle):
        """Laps over the scenarios until their CPU per request has settled, within the bounds in seconds."""
        if runner.process is None:
            return
        if not runner.candidate.jvm:
            least = most = min(least, NATIVE_WARM_SECONDS)
        begun = time.monotonic()
        step = max(1, min(LAP_SECONDS, least) // len(scenarios))
        scenarios = scenarios[:max(1, least)]  # a second for each is the least there is
        while not settled(runner.warm_up, time.monotonic() - begun, least, most, settle):
            before, requests = procfs.cpu_time(runner.process.pid), 0
            for scenario in scenarios:
                requests += self.load(runner, scenario, step).requests
            spent = procfs.cpu_time(runner.process.pid) - before
            runner.warm_up.append(round(spent.total * 1e6 / max(1, requests), 1))

    def run(self, runner, scenario, seconds):
        """One counted run, its answer found to be right before and after; the figures as plain values."""
        self.check(runner, scenario)
        self.load(runner, scenario, LEAD_SECONDS)
        pid, cores = self.measured(runner)
        begun, cpu, threads = time.monotonic(), procfs.cpu_time(pid), procfs.threads(pid)
        busy, stolen = procfs.busy_time(cores)
        load = self.load(runner, scenario, seconds)
        wall, spent = time.monotonic() - begun, procfs.cpu_time(pid) - cpu
        busy_after, stolen_after = procfs.busy_time(cores)
        worked = procfs.worked(threads, procfs.threads(pid))
        self.check(runner, scenario)
        # Of several cores, shares are of all of them together.
        return dict(figures(load, spent, wall * len(cores), busy_after - busy, stolen_after - stolen, scenario),
                    loops=procfs.loop_shares(worked) if runner.candidate.loops > 1 else [])

    def check(self, runner, scenario):
        """An error where the candidate is gone, or does not answer as it should."""
        if runner.process is not None and runner.process.ended() is not None:
            raise RuntimeError(f"ended with code {runner.process.ended()}: {runner.process.log_tail()}")
        candidate, shape = runner.candidate, scenario.shape
        port, trust = (candidate.tls_port, self.site.certificate.trust()) if shape.tls else (runner.port, None)
        wrong = fault(candidate, port, scenario.body, b"x" * shape.posted, trust)
        if wrong:
            raise RuntimeError(wrong)


def settled(laps, elapsed, least, most, settle):
    """Whether a warm-up is over: long enough, and the last lap hardly cheaper than the one before (or out of time)."""
    if elapsed >= most:
        return True
    falling = len(laps) < 2 or laps[-1] < laps[-2] * (1 - settle / 100)
    return elapsed >= least and not falling


def figures(load, spent, wall, busy, stolen, scenario):
    """The figures of a run; shares are parts of the candidate's core, 0 to 1."""
    requests = max(1, load.requests)
    return dict(
        requests=load.requests, cpu_us=spent.total * 1e6 / requests, user_us=spent.user * 1e6 / requests,
        system_us=spent.system * 1e6 / requests, rate=load.rate, p50_us=load.p50_us, p99_us=load.p99_us,
        own_share=spent.total / wall, other_share=max(0.0, (busy - spent.total) / wall), stolen_share=stolen / wall,
        bad_status=load.bad_status, socket_errors=load.socket_errors, timeouts=load.timeouts,
        short=int(load.bytes < load.requests * len(BODIES[scenario.body])))


def rotated(items, turn):
    """The items with the first one moved on by a place each turn: nobody is always the one after the noisiest."""
    turn %= max(1, len(items))
    return items[turn:] + items[:turn]
