"""From the command line to the report."""
import os
import shutil
import signal
import sys
import tempfile
import time

from . import candidates, machine, options, report
from .benchmark import Benchmark
from .process import Processes
from .site import HOME, Site, find

OK, FAILED, MISUSED = 0, 1, 2


def main(argv):
    settings = options.parse(argv)
    try:
        if settings.report:
            report.write(report.load(settings.report), settings.report)
            return OK
        chosen = candidates.choose(settings.only, settings.add)
        cores = machine.pick_cores(settings.cores)
    except (ValueError, OSError) as failure:
        print(failure, file=sys.stderr)
        return MISUSED
    if settings.list:
        print("\n".join(candidate.name for candidate in chosen))
        return OK
    for program in ("nginx", "wrk"):
        if not find(program):
            print(f"{program} is needed for the load side: run.sh --install fetches it", file=sys.stderr)
            return MISUSED
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(FAILED))
    return measure(settings, chosen, cores)


def measure(settings, chosen, cores):
    """Runs everything in a scratch folder, which is kept when something went wrong."""
    scratch = os.path.join(HOME, "run")
    os.makedirs(scratch, exist_ok=True)
    folder = tempfile.mkdtemp(prefix=time.strftime("%Y%m%d-%H%M%S-"), dir=scratch)
    whole = False
    try:
        with Processes(settings.nice) as processes:
            benchmark = Benchmark(settings, Site(folder, *cores, processes, settings.sluice))
            for warning in benchmark.outcome["warnings"]:
                print(warning, flush=True)
            os.sched_setaffinity(0, {cores[0]})
            benchmark.run(chosen)
        whole = benchmark.measured() and not benchmark.outcome["errors"]
    finally:
        if whole and not settings.keep:
            shutil.rmtree(folder)
        else:
            print(f"logs and configurations: {folder}", file=sys.stderr)
    os.makedirs(settings.out, exist_ok=True)
    report.write(benchmark.outcome, os.path.join(settings.out, time.strftime("load-%Y%m%d-%H%M%S.json")))
    return OK if whole else FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
