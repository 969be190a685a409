"""The run itself: who takes part, in which order, and what comes of it."""
import os
import sys
import time

from . import machine, procfs, report
from .answers import await_answer
from .http import fetch
from .results import errors_of
from .rounds import FULL_WARM_SECONDS, Meter, launch, rotated
from .site import start_backend
from .sluice import Sluice
from .wrk import Wrk

BACKEND_PATIENCE_SECONDS = 10


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
            warnings=warnings, skipped={}, errors=[], candidates=[], runs=[])

    def run(self, chosen):
        backend = start_backend(self.site)
        await_answer(backend, lambda: fetch(self.site.targets[1], "/api/small")[0] == 200, BACKEND_PATIENCE_SECONDS)
        self.meter = Meter(self.site, Wrk(self.site.load_core, self.settings.nice), backend)
        for candidate in chosen:
            self.enlist(candidate)
        for runner in list(self.runners):
            self.attempt(runner, lambda: self.warm_up(runner))
        for scenario in self.settings.scenarios:
            for number in range(self.settings.rounds):
                for runner in rotated(list(self.runners), number):
                    self.attempt(runner, lambda: self.count(runner, scenario, number + 1))
        self.outcome["candidates"] = [summary(runner) for runner in self.runners]

    def enlist(self, candidate):
        """Starts a candidate, or notes what stands in its way."""
        try:
            obstacle = candidate.obstacle(self.site)
            if obstacle is None:
                runner = launch(self.site, candidate, self.settings.starts)
                self.runners.append(runner)
                say(f"up: {runner.name}" + "".join(f", {start:.2f} s" for start in runner.starts))
                return
        except Exception as failure:  # whatever it is, the others go on
            self.fail(f"{candidate.name}: {failure}")
            return
        self.outcome["skipped"][candidate.name] = obstacle
        say(f"skipped: {candidate.name}: {obstacle}")
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
        self.meter.warm_up(runner, settings.scenarios, settings.warm, settings.warm_max, settings.settle)
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

    def fail(self, error):
        self.outcome["errors"].append(error)
        print(f"ERROR {error}", file=sys.stderr, flush=True)


def summary(runner):
    """What a report says of a candidate beside its runs; taken while it is still up."""
    resident, proportional = procfs.memory(runner.process.pid) if runner.process else (None, None)
    return dict(name=runner.name, version=runner.candidate.version(), proxies=runner.candidate.proxies,
                starts=runner.starts, warm_up=runner.warm_up, rss_mib=resident, pss_mib=proportional)


def plain(settings):
    """The settings as JSON can hold them, without paths of this machine."""
    return {name: [str(item) for item in value] if isinstance(value, list) else value
            for name, value in vars(settings).items() if name not in ("out", "sluice", "report")}


def say(text):
    print(text, flush=True)
