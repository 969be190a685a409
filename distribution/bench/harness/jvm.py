"""What a JVM tells of itself through jcmd: bytes that its threads have allocated, bytes that are in use."""
import os
import re
import subprocess
from dataclasses import dataclass

from .site import find

UNITS = {"B": 1, "K": 2**10, "M": 2**20, "G": 2**30}
# Vert.x, Reactor Netty, Netty.
LOOPS = ("vert.x-eventloop", "reactor-http", "nioEventLoop", "epollEventLoop")
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Allocated:
    """Bytes allocated by event loops and by all other threads, and how finely the JVM told the former."""

    loops: int
    others: int
    grain: int


def jcmd(pid, *command):
    """What the command prints; a JVM of another user, or none at all, is an error."""
    return subprocess.run(["jcmd", str(pid), *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=PATIENCE_SECONDS, check=True).stdout


def obstacle():
    return None if find("jcmd") else "jcmd is missing: it comes with a JDK"


def allocated(pid):
    return parse_allocated(jcmd(pid, "Thread.print", "-e"))


def parse_allocated(text):
    loops, others, grain = 0, 0, 1
    for name, amount, unit in re.findall(r'^"(.+?)" .*?\ballocated=(\d+)([BKMG])\b', text, re.MULTILINE):
        if name.startswith(LOOPS):
            loops += int(amount) * UNITS[unit]
            grain = max(grain, UNITS[unit])
        else:
            others += int(amount) * UNITS[unit]
    return Allocated(loops, others, grain)


def live_heap(pid):
    """MiB of objects that are left after a collection."""
    jcmd(pid, "GC.run")
    return parse_live(jcmd(pid, "GC.heap_info"))


def parse_live(text):
    """The serial collector names two generations with their totals, the others one heap."""
    found = re.findall(r"(?:generation|heap)\s+total \d+K, used (\d+)K", text)
    if not found:
        raise RuntimeError("jcmd GC.heap_info gave no figures: " + text[:200])
    return sum(int(amount) for amount in found) / 1024


def java():
    """The JVM that a peer is started with; the same one that bin/sluice takes."""
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else find("java")
