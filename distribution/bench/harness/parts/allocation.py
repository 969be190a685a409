"""Bytes that a JVM allocates for one request: the count of its event-loop threads before and after a counted run."""
from .. import jvm
from ..results import errors_of
from ..rounds import LEAD_SECONDS, figures

# The JVM tells large counts roughly; a count this rough, against what was counted, is none.
ROUGH = 0.02


def measure(meter, runner, scenario, seconds):
    """One row; the run is not among the counted ones of the rounds, since jcmd stops the JVM for a moment."""
    meter.check(runner, scenario)
    meter.load(runner, scenario, LEAD_SECONDS)
    before, cpu = jvm.allocated(runner.process.pid), meter.cpu(runner)
    load = meter.load(runner, scenario, seconds)
    spent = meter.cpu(runner) - cpu
    after = jvm.allocated(runner.process.pid)
    run = figures(load, spent, load.seconds, 0, 0, scenario)
    return dict(candidate=runner.name, scenario=str(scenario), **per_request(before, after, load.requests),
                user_us=run["user_us"], system_us=run["system_us"], errors=errors_of(run))


def per_request(before, after, requests):
    """Bytes by request, None for those of the event loops where they are known too roughly."""
    loops, requests = after.loops - before.loops, max(1, requests)
    rough = loops <= 0 or after.grain > loops * ROUGH
    return dict(requests=requests, loop_bytes=None if rough else loops / requests,
                other_bytes=max(0, after.others - before.others) / requests, grain_bytes=after.grain / requests)
