"""The load generator for HTTP/2: one h2load with one thread."""
import os
import re
import tempfile

from . import process
from .site import find
from .wrk import GRACE_SECONDS, Load


class H2Load:
    """Runs h2load on one core, always for a stated time, and reads its log for the latencies it does not print."""

    def __init__(self, core, nice=0):
        self.core = core
        self.nice = nice

    def run(self, port, path, connections, streams, seconds):
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "requests.log")
            argv = [find("h2load"), "-t1", f"-c{connections}", f"-m{streams}", f"-D{seconds}", f"--log-file={log}",
                    f"https://127.0.0.1:{port}{path}"]
            _, text = process.run(argv, self.core, self.nice, seconds + GRACE_SECONDS)
            with open(log) as file:
                times = sorted(int(line.split()[2]) for line in file)
        return parse(text, times)


def parse(text, times):
    """A load from h2load's summary and the sorted microseconds of its requests."""
    protocol = re.search(r"^Application protocol: (\S+)", text, re.MULTILINE)
    finished = re.search(r"^finished in ([\d.]+)(ms|s|us)", text, re.MULTILINE)
    counts = re.search(r"(\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", text)
    data = re.search(r"\((\d+)\) data", text)
    if not (finished and counts and data) or not protocol or protocol.group(1) != "h2":
        raise RuntimeError("h2load ended without figures of HTTP/2: " + text.strip()[-400:])
    done, succeeded, _, errored, timeout = (int(count) for count in counts.groups())
    seconds = float(finished.group(1)) * {"s": 1, "ms": 1e-3, "us": 1e-6}[finished.group(2)]
    return Load(
        requests=succeeded, bytes=int(data.group(1)), seconds=seconds, p50_us=at(times, 0.5), p99_us=at(times, 0.99),
        bad_status=done - succeeded, socket_errors=errored, timeouts=timeout)


def at(times, share):
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0
