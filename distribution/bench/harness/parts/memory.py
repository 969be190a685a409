"""Memory of Sluice as it ships: after load, for many routes, for many idle connections."""
import resource
import socket

from .. import jvm, procfs
from ..rounds import launch
from ..scenarios import Scenario
from ..sluice import Sluice

LOAD = Scenario("small", 64)
# Files that the harness has open beside the connections.
SPARE_FILES = 200


def measure(meter, site, home, seconds, routes, connections):
    """Rows of (what, MiB resident, MiB of live heap); the rows "per" are differences to the first, after a collection each."""
    one, row = loaded(meter, site, home, "memory-1-route", 1, seconds)
    rows = [dict(what=f"after {seconds} s of {LOAD}, one route", **row)]
    count = min(connections, most_connections())
    opened = []
    try:
        for _ in range(count):
            opened.append(idle(one.port, one.candidate.paths("small")[0]))
        rows.append(dict(what=f"per 10,000 idle connections (of {count:,})",
                         **grown(row, weighed(one.process.pid), count)))
    finally:
        for connection in opened:
            connection.close()
        site.processes.stop(one.process)
    many, weighed_many = loaded(meter, site, home, "memory-many-routes", routes, seconds)
    site.processes.stop(many.process)
    rows.append(dict(what=f"after the same load, {routes:,} routes", **weighed_many))
    rows.append(dict(what=f"per 10,000 routes (of {routes:,})", **grown(row, weighed_many, routes)))
    return rows


def loaded(meter, site, home, name, routes, seconds):
    """A gateway as it ships, after load, and what it weighs then."""
    candidate = Sluice(name, routes=routes, shipped=True)
    candidate.home = home
    runner = launch(site, candidate, 1)
    meter.check(runner, LOAD)
    load = meter.load(runner, LOAD, seconds)
    if load.bad_status or load.socket_errors:
        raise RuntimeError(f"{name}: requests failed: {load}")
    meter.check(runner, LOAD)
    return runner, weighed(runner.process.pid)


def weighed(pid):
    """Resident as it is, and after the collection that tells the live heap, which gives memory back."""
    resident, _ = procfs.memory(pid)
    live = jvm.live_heap(pid)
    return dict(rss_mib=resident, live_mib=live, settled_mib=procfs.memory(pid)[0])


def grown(before, after, count):
    by = 10_000 / max(1, count)
    return dict(rss_mib=(after["settled_mib"] - before["settled_mib"]) * by,
                live_mib=(after["live_mib"] - before["live_mib"]) * by)


def idle(port, path):
    """A connection that has had one answer and keeps quiet now."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    answer = connection.recv(4096)
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"an idle connection began with {answer[:80]!r}")
    return connection


def most_connections():
    """How many files this process may still open; it asks for all that it can get."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard - SPARE_FILES if hard != resource.RLIM_INFINITY else 1 << 20
