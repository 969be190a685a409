"""The load generator: one wrk with one thread, its summary read from a line of JSON that conf/wrk.lua prints."""
import json
import os
import re
from dataclasses import dataclass

from . import process

SCRIPT = os.path.join(os.path.dirname(__file__), os.pardir, "conf", "wrk.lua")
REQUEST_TIMEOUT = "2s"
GRACE_SECONDS = 60


@dataclass(frozen=True)
class Load:
    """What wrk counted: requests answered within the time, and everything that went wrong."""

    requests: int
    bytes: int
    seconds: float
    p50_us: int
    p99_us: int
    bad_status: int
    socket_errors: int
    timeouts: int

    @property
    def rate(self):
        return self.requests / self.seconds if self.seconds else 0.0


class Wrk:
    """Runs wrk on one core, always for a stated time."""

    def __init__(self, core, nice=0):
        self.core = core
        self.nice = nice

    def run(self, port, path, connections, seconds, tls=False, **carried):
        """Keyword arguments are what requests carry, by the names that conf/wrk.lua has for them: keys="FILE"."""
        argv = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", REQUEST_TIMEOUT, "-s", SCRIPT,
                f"{'https' if tls else 'http'}://127.0.0.1:{port}{path}"]
        env = {name: value for name, value in os.environ.items() if not name.startswith("BENCH_")}
        env.update((f"BENCH_{name.upper()}", str(value)) for name, value in carried.items() if value)
        return parse(process.run(argv, self.core, self.nice, seconds + GRACE_SECONDS, env)[1])


def parse(text):
    """The summary in wrk's output."""
    found = re.search(r"^SUMMARY (\{.*\})$", text, re.MULTILINE)
    if not found:
        raise RuntimeError("wrk ended without a summary: " + text.strip()[-400:])
    line = json.loads(found.group(1))
    return Load(
        requests=line["requests"], bytes=line["bytes"], seconds=line["duration_us"] / 1e6, p50_us=line["p50_us"],
        p99_us=line["p99_us"], bad_status=line["bad_status"],
        socket_errors=line["connect"] + line["read"] + line["write"], timeouts=line["timeout"])
