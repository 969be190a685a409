"""The load generator for full handshakes: one connection after the other by openssl s_time, which resumes no session."""
import re
import subprocess

from .process import kill, settle
from .site import find
from .wrk import GRACE_SECONDS, Load


class FullHandshakes:
    """Runs openssl on one core, always for a stated time. It counts connections, and knows no latencies."""

    def __init__(self, core, nice=0):
        self.core = core
        self.nice = nice

    def run(self, port, path, seconds):
        argv = [find("openssl"), "s_time", "-connect", f"127.0.0.1:{port}", "-new", "-time", str(seconds), "-www", path]
        popen = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True, preexec_fn=lambda: settle(self.core, self.nice))
        try:
            text, _ = popen.communicate(timeout=seconds + GRACE_SECONDS)
        finally:
            if popen.poll() is None:
                kill(popen.pid)
                popen.wait()
        return parse(text, seconds, popen.returncode)


def parse(text, seconds, code):
    """A load from the summary; s_time gives up at the first connection that fails."""
    found = re.search(r"^(\d+) connections in \d+ real seconds, (\d+) bytes read per connection", text, re.MULTILINE)
    if code or not found:
        raise RuntimeError("openssl s_time ended without a summary: " + text.strip()[-400:])
    count, bytes_each = (int(number) for number in found.groups())
    return Load(requests=count, bytes=count * bytes_each, seconds=seconds, p50_us=0, p99_us=0, bad_status=0,
                socket_errors=0, timeouts=0)
