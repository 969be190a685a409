"""What is measured beside the rounds of load: a module each, which gives rows for the report, and when each one's turn is."""
from .. import candidates, jvm, report
from ..report import say
from ..scenarios import Scenario
from ..sluice import unpacked
from . import allocation, changes, memory, starts, syscalls

# Whom the parts look at; where candidates were named, at all of them.
TRACED = ["nginx", "haproxy", "vertx-pipe", "sluice", "sluice-key-auth-rate-limiting"]
CHANGED = {"sluice": ["steady", "full"], "sluice-10k-routes": ["steady"]}
BUSY = Scenario("small", 64)


class Beside:
    """The parts of a run: they use its settings, its site and the candidates that are up, and fill its outcome."""

    def __init__(self, run):
        self.run = run

    def wants(self, candidate):
        parts = self.run.settings.parts
        return bool("allocation" in parts and candidate.jvm or "changes" in parts and candidate.name in CHANGED
                    or "syscalls" in parts and self.traced(candidate))

    def traced(self, candidate):
        return candidate.proxies and (candidate.name in TRACED or not self.run.settings.usual)

    def starts(self):
        peer = next(candidate for candidate in candidates.known() if candidate.name == "vertx-pipe")
        self.run.outcome["start"] = starts.measure(self.run.site, peer, 1 if self.run.settings.smoke else 5)

    def memory(self):
        if jvm.obstacle():
            return self.run.skip("memory", jvm.obstacle())
        settings, site = self.run.settings, self.run.site
        # Archiving classes takes as long as all the rest of a smoke.
        home = (site.sluice or unpacked()) if settings.smoke else starts.shipped(site)
        self.run.outcome["memory"] = memory.measure(self.run.meter, site, home, settings.seconds * 2, settings.routes,
                                                    settings.connections)

    def allocation(self):
        if jvm.obstacle():
            return self.run.skip("allocation", jvm.obstacle())
        for runner in [runner for runner in self.run.runners if runner.candidate.jvm]:
            for scenario in [scenario for scenario in runner.scenarios if not scenario.shape.tls][:1]:
                self.run.attempt(runner, lambda: self.row("allocation", allocation.measure(
                    self.run.meter, runner, scenario, self.run.settings.seconds)))

    def changes(self):
        pairs = 1 if self.run.settings.smoke else 3
        for runner in [runner for runner in self.run.runners if runner.name in CHANGED]:
            for mode in CHANGED[runner.name]:
                self.run.attempt(runner, lambda: self.row("changes", changes.measure(
                    self.run.meter, runner, mode, pairs, self.run.settings.seconds)))

    def syscalls(self):
        if syscalls.obstacle():
            return self.run.skip("syscalls", syscalls.obstacle())
        for runner in [runner for runner in self.run.runners if self.traced(runner.candidate)]:
            try:
                row = syscalls.measure(self.run.meter, self.run.site, runner, BUSY, self.run.settings.seconds)
            except syscalls.NotCounted as refusal:
                return self.run.skip("syscalls", str(refusal))
            self.row("syscalls", row)

    def row(self, part, row):
        self.run.outcome[part].append(row)
        say(report.row(part, row))
        if row.get("errors"):
            self.run.fail(f"{row['candidate']}: {part}: {row['errors']} wrong answers")
