"""The load generator for full handshakes: one connection after the other by openssl s_time, which resumes no session."""
import re

from . import process
from .site import find
from .wrk import GRACE_SECONDS, Load


class FullHandshakes:
    """Runs openssl on one core, always for a stated time. It counts connections, and knows no latencies."""

    def __init__(self, core, nice=0):
        self.core = core
        self.nice = nice

    def run(self, port, path, seconds):
        argv = [find("openssl"), "s_time", "-connect", f"127.0.0.1:{port}", "-new", "-time", str(seconds), "-www", path]
        code, text = process.run(argv, self.core, self.nice, seconds + GRACE_SECONDS)
        return parse(text, seconds, code)


def parse(text, seconds, code):
    """A load from the summary; s_time gives up at the first connection that fails."""
    found = re.search(r"^(\d+) connections in \d+ real seconds, (\d+) bytes read per connection", text, re.MULTILINE)
    if code or not found:
        raise RuntimeError("openssl s_time ended without a summary: " + text.strip()[-400:])
    count, bytes_each = (int(number) for number in found.groups())
    return Load(requests=count, bytes=count * bytes_each, seconds=seconds, p50_us=0, p99_us=0, bad_status=0,
                socket_errors=0, timeouts=0)
