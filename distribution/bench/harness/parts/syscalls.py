"""System calls per request, counted by strace in a short run of its own: it slows everything down, and times nothing.

The calls that open and close the 64 connections are in it, spread over all requests."""
import os
import re
import signal
import subprocess
import time

from .. import procfs
from ..process import kill, settle
from ..rounds import LEAD_SECONDS
from ..site import find

ATTACH_SECONDS = 1
PATIENCE_SECONDS = 20
# Names of threads as the kernel cuts them off: Vert.x and Reactor Netty.
LOOPS = (procfs.EVENT_LOOP, "reactor-http-ep")


def obstacle():
    return None if find("strace") else "strace is not installed"


class NotCounted(Exception):
    """The kernel or a container keeps strace from attaching, or the machine is too busy for it."""


def traced(runner):
    """The event loops of a JVM, since its other threads do much by the second and little by the request; else all."""
    pid = runner.process.pid
    threads = procfs.threads(pid)
    loops = [tid for tid, (name, _) in threads.items() if name.startswith(LOOPS)]
    return loops or list(procfs.family(pid))


def measure(meter, site, runner, scenario, seconds):
    meter.check(runner, scenario)
    meter.load(runner, scenario, LEAD_SECONDS)
    counts = os.path.join(site.folder_of(runner.name), "strace.txt")
    argv = ["strace", "-c", "-o", counts]
    for task in traced(runner):
        argv += ["-p", str(task)]
    tracer = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                              start_new_session=True, preexec_fn=lambda: settle(site.load_core, 0))
    try:
        time.sleep(ATTACH_SECONDS)
        if tracer.poll() is not None:
            raise NotCounted("strace may not attach: " + tracer.stderr.read().strip()[-200:])
        load = meter.load(runner, scenario, seconds)
    finally:
        end(tracer)
    with open(counts) as file:
        calls = parse(file.read())
    if not calls or not load.requests:
        raise NotCounted(f"strace counted {len(calls)} kinds of calls in {load.requests} requests")
    return dict(candidate=runner.name, scenario=str(scenario), requests=load.requests,
                calls={name: count / load.requests for name, count in calls.items()})


def end(tracer):
    """On SIGINT strace lets go of the process and writes its table down."""
    if tracer.poll() is None:
        tracer.send_signal(signal.SIGINT)
        try:
            tracer.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            kill(tracer.pid)
            tracer.wait()
    tracer.stderr.close()


def parse(text):
    """Calls by name; the columns are share, seconds, microseconds a call, calls, errors where there were some, name."""
    rows = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)\s*$", text, re.MULTILINE)
    return {name: int(count) for count, name in rows if name != "total"}
