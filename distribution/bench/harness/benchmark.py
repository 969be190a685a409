"""The run itself: who takes part, in which order, and what comes of it."""
import os
import sys
import time

from . import machine, procfs, report, tls
from .answers import await_answer
from .h2load import H2Load
from .http import fetch
from .options import PARTS
from .parts import BUSY, Beside
from .report import say
from .results import errors_of
from .rounds import FULL_WARM_SECONDS, Meter, launch, rotated
from .site import find, start_backend
from .sluice import Sluice
from .stime import FullHandshakes
from .wrk import Wrk

BACKEND_PATIENCE_SECONDS = 10
FEW_CORES = ("Two event loops share both cores with load and backend here: their requests/s say nothing of how Sluice scales; "
             "their CPU per request and how evenly they shared the work do.")


class Benchmark:
    """Measures the candidates at a site; one that fails is named in the outcome and takes no further part."""

    def __init__(self, settings, site):
        self.settings = settings
        self.site = site
        self.meter = None
        self.runners = []
        cores = (site.load_core, site.candidate_core)
        warnings = machine.warnings(cores, len(os.sched_getaffinity(0)))
        if settings.warm < FULL_WARM_SECONDS:
            warnings.append(f"Warm-up cut down to {settings.warm} s: what the JVMs show here is mostly their compiler.")
        self.outcome = dict(
            when=time.strftime("%Y-%m-%d %H:%M"), machine=machine.facts(), cores=cores, settings=plain(settings),
            warnings=warnings, skipped={}, errors=[], candidates=[], runs=[],
            start=[], memory=[], allocation=[], changes=[], syscalls=[])

    def run(self, chosen):
        backend = start_backend(self.site)
        await_answer(backend, lambda: fetch(self.site.targets[1], "/api/small")[0] == 200, BACKEND_PATIENCE_SECONDS)
        self.site.certificate = self.certificate()
        core, nice = self.site.load_core, self.settings.nice
        self.meter = Meter(self.site, Wrk(core, nice), backend, H2Load(core, nice), FullHandshakes(core, nice))
        beside = Beside(self)
        self.all_of({"start": beside.starts, "memory": beside.memory})
        chosen = [candidate for candidate in chosen if self.wanted(candidate, self.scenarios_of(candidate))]
        if any(candidate.loops > 1 for candidate in chosen) and len(self.site.allowed) < 3:
            self.outcome["warnings"].append(FEW_CORES)
        for candidate in chosen:
            self.enlist(candidate, self.scenarios_of(candidate))
        for runner in list(self.runners):
            self.attempt(runner, lambda: self.warm_up(runner))
        self.all_of({"allocation": beside.allocation, "load": self.load, "changes": beside.changes,
                     "syscalls": beside.syscalls})
        self.outcome["candidates"] = [summary(runner) for runner in self.runners]

    def certificate(self):
        """None, and nobody listens with TLS, where no scenario asks for it or none can be made."""
        made = None
        if any(scenario.shape.tls for scenario in self.settings.scenarios):
            made = tls.make(self.site.folder)
            if made is None:
                self.skip("TLS", "openssl is not installed")
        if any(scenario.shape.http2 for scenario in self.settings.scenarios) and not find("h2load"):
            self.skip("HTTP/2", "h2load is not installed")
        return made

    def scenarios_of(self, candidate):
        """Which of the scenarios it takes part in: all it can do, but for a run of everything only its usual ones."""
        can = [scenario for scenario in self.settings.scenarios
               if candidate.takes(scenario.shape, self.site) and (not scenario.shape.http2 or find("h2load"))]
        if not self.settings.usual or candidate.usual is None:
            return can
        return [scenario for scenario in can if scenario.key in candidate.usual]

    def wanted(self, candidate, scenarios):
        return "load" in self.settings.parts and bool(scenarios) or Beside(self).wants(candidate)

    def all_of(self, parts):
        """Runs those parts that were asked for; one that fails as a whole is an error, and the others go on."""
        for name in filter(self.settings.parts.__contains__, parts):
            say(f"-- {name}")
            try:
                parts[name]()
            except Exception as failure:  # whatever it is, the others go on
                self.fail(f"{name}: {failure}")

    def skip(self, what, reason):
        self.outcome["skipped"][what] = reason
        say(f"skipped: {what}: {reason}")

    def load(self):
        for scenario in self.settings.scenarios:
            for number in range(self.settings.rounds):
                for runner in rotated([runner for runner in self.runners if scenario in runner.scenarios], number):
                    self.attempt(runner, lambda: self.count(runner, scenario, number + 1))

    def enlist(self, candidate, scenarios):
        """Starts a candidate, or notes what stands in its way."""
        try:
            obstacle = candidate.obstacle(self.site)
            if obstacle is None:
                runner = launch(self.site, candidate, self.settings.starts)
                runner.scenarios = scenarios
                self.runners.append(runner)
                say(f"up: {runner.name}" + "".join(f", {start:.2f} s" for start in runner.starts))
                return
        except Exception as failure:  # whatever it is, the others go on
            self.fail(f"{candidate.name}: {failure}")
            return
        self.skip(candidate.name, obstacle)
        if self.settings.smoke and isinstance(candidate, Sluice):
            self.fail(f"{candidate.name}: {obstacle}")

    def attempt(self, runner, action):
        """Does something with a candidate, and does without it from now on when that fails."""
        try:
            action()
        except Exception as failure:  # whatever it is, the others go on
            self.fail(f"{runner.name}: {failure}")
            self.runners.remove(runner)
            if runner.process is not None:
                self.site.processes.stop(runner.process)

    def warm_up(self, runner):
        settings, begun = self.settings, time.monotonic()
        all_of_them = runner.scenarios if {"load", "allocation"} & set(settings.parts) else []
        self.meter.warm_up(runner, all_of_them or [BUSY], settings.warm, settings.warm_max, settings.settle)
        if runner.warm_up:
            laps = " ".join(f"{lap:.0f}" for lap in runner.warm_up)
            say(f"warm: {runner.name} after {time.monotonic() - begun:.0f} s; CPU µs/request by lap: {laps}")

    def count(self, runner, scenario, number):
        figures = self.meter.run(runner, scenario, self.settings.seconds)
        run = dict(scenario=str(scenario), round=number, candidate=runner.name, **figures)
        self.outcome["runs"].append(run)
        say(report.progress(run))
        if errors_of(run):
            self.fail(f"{runner.name}: {scenario}, round {number}: {errors_of(run)} wrong answers")

    def measured(self):
        """Whether anything came of the run."""
        return any(self.outcome["runs" if part == "load" else part] for part in PARTS)

    def fail(self, error):
        self.outcome["errors"].append(error)
        print(f"ERROR {error}", file=sys.stderr, flush=True)


def summary(runner):
    """What a report says of a candidate beside its runs; taken while it is still up."""
    resident, proportional = procfs.memory(runner.process.pid) if runner.process else (None, None)
    candidate = runner.candidate
    return dict(name=runner.name, version=candidate.version(), proxies=candidate.proxies, beside=candidate.beside,
                starts=runner.starts, warm_up=runner.warm_up, rss_mib=resident, pss_mib=proportional)


def plain(settings):
    """The settings as JSON can hold them, without paths of this machine."""
    return {name: [str(item) for item in value] if isinstance(value, list) else value
            for name, value in vars(settings).items() if name not in ("out", "sluice", "report")}
