"""What a run ran on, and which cores it takes."""
import os
import platform
import re
import subprocess

from .procfs import read


def pick_cores(wanted=None, allowed=None):
    """(core of load and backend, core of the candidate): the same one twice where there is only one."""
    allowed = sorted(os.sched_getaffinity(0)) if allowed is None else allowed
    if wanted:
        missing = [core for core in wanted if core not in allowed]
        if missing:
            raise ValueError(f"core {missing[0]} is not open to this process: it may use {allowed}")
        return wanted[0], wanted[-1]
    return allowed[0], allowed[1] if len(allowed) > 1 else allowed[0]


def warnings(cores, allowed_count):
    """Sentences about what the layout of the cores takes from the figures."""
    load, candidate = cores
    found = []
    if load == candidate:
        found.append("Load, backend and candidate share ONE core: CPU per request still tells something (with more "
                     "cache misses and context switches in it), req/s and latency tell nothing of the candidate.")
    elif candidate in siblings(load):
        found.append("The two cores are hyper-threads of one: the load slows the candidate down.")
    if allowed_count == 2:
        found.append("The machine has no third core: whatever else runs, runs on these two.")
    return found


def siblings(core):
    """The hardware threads that share a core with this one, itself included."""
    text = read(f"/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list").strip()
    found = {core}
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


def facts():
    """Ordered (name, value) pairs; nothing that tells whose machine it is."""
    model = re.search(r"model name\s*:\s*(.+)", read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", read("/proc/meminfo"))
    return {
        "CPU": f"{os.cpu_count()} × {model.group(1).strip() if model else platform.machine()}",
        "memory": f"{int(memory.group(1)) / 2**20:.0f} GiB" if memory else "unknown",
        "kernel": platform.release(),
        "wrk": first_line(["wrk", "-v"]),
        "Java": first_line(["java", "-version"]),
        "load before the run": f"{os.getloadavg()[0]:.2f}",
    }


def first_line(argv):
    """The first line a program prints, whatever it exits with: many print their version and fail."""
    try:
        done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                              text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return "missing"
    return (done.stdout.splitlines() or [""])[0].strip()
