"""Sluice with very many entities: how it loads and lists them, what a write costs at that size, and what writes cost others."""
import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time

from . import jvm, machine, procfs
from .answers import await_answer
from .http import exchange, fetch
from .process import Processes
from .site import HOME, Site, find, start_backend
from .sluice import Sluice, unpacked
from .writers import KINDS, Steady, Writer
from .wrk import Wrk

START_SECONDS = 120
APPLY_SECONDS = 900
PAGE = 1000
CONNECTIONS = 64
PAUSE_BETWEEN_WRITES = 0.02
SPREAD_PATHS = 20_000


def parse(argv):
    parser = argparse.ArgumentParser(prog="scale.sh", description=__doc__)
    parser.add_argument("--services", type=int, default=10_000, help="default 10000")
    parser.add_argument("--routes", type=int, default=0, help="spread over the services (default: one for each)")
    parser.add_argument("--consumers", type=int, default=100_000, help="each with a key (default 100000)")
    parser.add_argument("--flavor", default="traditional_compatible",
                        help="of the router (default traditional_compatible); expressions gets expressions for routes")
    parser.add_argument("--writes", type=int, default=100, help="of each kind (default 100)")
    parser.add_argument("--seconds", type=int, default=5, help="of each stretch of load (default 5)")
    parser.add_argument("--rounds", type=int, default=4, help="of load with and without writes, in turn (default 4)")
    parser.add_argument("--rate", type=int, default=50, help="route writes a second beside the load (default 50)")
    parser.add_argument("--sluice", default="", metavar="DIR", help="unpacked distribution")
    settings = parser.parse_args(argv)
    settings.routes = settings.routes or settings.services
    return settings


def document(settings, target):
    """All entities as one declarative configuration; one route asks for a key."""
    services = [{"name": f"s{i}", "host": "bench", "path": "/api", "routes": []} for i in range(settings.services)]
    for i in range(settings.routes):
        services[i % settings.services]["routes"].append({"name": f"r{i}", **matching(settings.flavor, f"/r{i}/")})
    services.append(
        {"name": "keyed", "host": "bench", "path": "/api",
         "routes": [{"name": "keyed", **matching(settings.flavor, "/keyed/"), "plugins": [{"name": "key-auth"}]}]})
    return {
        "_format_version": "3.0",
        "upstreams": [{"name": "bench", "targets": [{"target": target}]}],
        "services": services,
        "consumers": [
            {"username": f"c{i}", "keyauth_credentials": [{"key": f"key-of-c{i}"}]}
            for i in range(settings.consumers)],
    }


def matching(flavor, prefix):
    """What a route with a prefix of the path has to say in a flavor."""
    if flavor == "expressions":
        return {"expression": f'http.path ^= "{prefix}"', "strip_path": True}
    return {"paths": [prefix]}


class Gateway:
    """One Sluice with a folder and ports of its own."""

    def __init__(self, site, settings, name):
        self.site = site
        self.settings = settings
        self.name = name
        self.port = site.free_port()
        self.admin = site.free_port()
        self.process = None

    def start(self):
        home = os.path.abspath(self.settings.sluice) if self.settings.sluice else unpacked()
        conf = self.site.render("sluice.conf", self.name, PORT=self.port, ADMIN=self.admin)
        prefix = self.site.folder_of(os.path.join(self.name, "prefix"))
        env = {"JAVA_OPTS": f"-Xmx2g {os.environ.get('JAVA_OPTS', '')}", "SLUICE_NGINX_WORKER_PROCESSES": "1",
               "SLUICE_ROUTER_FLAVOR": self.settings.flavor}
        self.process = self.site.start(
            [os.path.join(home, "bin", "sluice"), "start", "-c", conf, "-p", prefix], self.name, env=env)
        await_answer(self.process, lambda: fetch(self.admin, "/")[0] == 200, START_SECONDS)

    def stop(self):
        self.site.processes.stop(self.process)

    def apply(self, entities):
        """Loads a whole configuration; gives seconds and bytes."""
        config = json.dumps(entities)
        begun = time.monotonic()
        status, answer = exchange(self.admin, "POST", "/config?apply=1", config, {"Content-Type": "application/json"},
                                  APPLY_SECONDS)
        if status not in (200, 201):
            raise RuntimeError(f"POST /config answered {status}: {answer[:400]!r}")
        return time.monotonic() - begun, len(config)

    def await_proxied(self, path):
        await_answer(self.process, lambda: fetch(self.port, path)[0] == 200, START_SECONDS)

    def live_heap(self):
        """MiB that a collection leaves, or 0 where there is no jcmd."""
        return 0 if jvm.obstacle() else jvm.live_heap(self.process.pid)

    def load(self, seconds, prefixes):
        """Traffic over all routes for some seconds, as wrk saw it."""
        found = Wrk(self.site.load_core).run(self.port, "/small", CONNECTIONS, seconds, prefixes=prefixes)
        if found.bad_status or found.socket_errors or found.timeouts:
            raise RuntimeError(f"requests failed: {found}")
        return found


class Scale:
    """One gateway, set up once, measured step by step; prints each figure as it comes."""

    def __init__(self, settings, site):
        self.settings = settings
        self.site = site
        self.gateway = Gateway(site, settings, "sluice")

    def run(self):
        start_backend(self.site)
        empty = self.set_up()
        self.pages("services", self.settings.services + 1)
        self.pages("routes", self.settings.routes + 1)
        self.pages("consumers", self.settings.consumers)
        self.gateway.stop()
        begun = time.monotonic()
        self.gateway.start()
        self.gateway.await_proxied(f"/r{self.settings.routes - 1}/small")
        figure("restart until the first proxied 200", f"{time.monotonic() - begun:.1f} s")
        full = self.gateway.live_heap()
        figure("RSS after the restart", f"{procfs.memory(self.gateway.process.pid)[0]:.0f} MiB")
        if full:
            figure("live heap, empty / full", f"{empty:.0f} / {full:.0f} MiB")
        if full and not self.settings.consumers:
            figure("live heap for each 10,000 routes and their services",
                   f"{(full - empty) * 10_000 / self.settings.routes:.1f} MiB")
        self.gateway.load(self.settings.seconds, self.spread())
        self.writes()
        self.traffic_and_writes()

    def set_up(self):
        self.gateway.start()
        empty = self.gateway.live_heap()
        seconds, size = self.gateway.apply(document(self.settings, f"127.0.0.1:{self.site.targets[0]}"))
        figure("all in one POST /config?apply=1", f"{seconds:.1f} s, {size / 2**20:.1f} MiB")
        self.gateway.await_proxied(f"/r{self.settings.routes - 1}/small")
        return empty

    def pages(self, kind, expected):
        path, found, times = f"/{kind}?size={PAGE}", 0, []
        while path:
            begun = time.monotonic()
            status, answer = fetch(self.gateway.admin, path)
            times.append(time.monotonic() - begun)
            if status != 200:
                raise RuntimeError(f"GET {path} answered {status}")
            page = json.loads(answer)
            found += len(page["data"])
            path = f"{page['next']}&size={PAGE}" if page.get("next") and "size=" not in page["next"] else page.get("next")
        if found != expected:
            raise RuntimeError(f"{found} of {expected} {kind} are listed")
        figure(f"list of {found} {kind}, page of {PAGE}: median / longest", spread(times))

    def spread(self):
        """A file of prefixes over all routes."""
        routes = self.settings.routes
        name = os.path.join(self.site.folder, "prefixes.txt")
        with open(name, "w") as file:
            # In no order that a cache could guess: by a step that shares no factor with most counts.
            file.writelines(f"/r{i * 7919 % routes}\n" for i in range(min(SPREAD_PATHS, max(routes, 2))))
        return name

    def writer(self):
        return Writer(self.gateway.port, self.gateway.admin, lambda prefix: matching(self.settings.flavor, prefix))

    def writes(self):
        writer = self.writer()
        for number in range(20):
            for kind in KINDS:
                kind.write(writer, f"warm{number}")
        for kind in KINDS:
            times = {step: [] for step in kind.steps}
            before = procfs.cpu_time(self.gateway.process.pid)
            for number in range(self.settings.writes):
                for step, seconds in kind.write(writer, f"{kind.name[:3]}{number}"):
                    times[step].append(seconds)
                time.sleep(PAUSE_BETWEEN_WRITES)
            cpu = (procfs.cpu_time(self.gateway.process.pid) - before).total
            for step, seconds in times.items():
                figure(f"{step}, live after, median / longest", spread(seconds))
            figure(f"CPU for each write of a {kind.name}",
                   f"{cpu * 1000 / max(1, self.settings.writes * len(kind.steps)):.1f} ms")

    def traffic_and_writes(self):
        """Load alone and load beside writes, in turn."""
        prefixes, quiet, busy, written = self.spread(), [], [], []
        self.gateway.load(self.settings.seconds, prefixes)
        for number in range(self.settings.rounds):
            quiet.append(self.gateway.load(self.settings.seconds, prefixes))
            with Steady(self.writer(), self.settings.rate, f"busy{number}-") as steady:
                busy.append(self.gateway.load(self.settings.seconds, prefixes))
            written += steady.seconds
        for name, loads in (("without writes", quiet), ("beside writes", busy)):
            figure(f"proxy {name}: requests/s, p50 / p99",
                   f"{median(loads, 'rate'):.0f}, {median(loads, 'p50_us') / 1000:.2f} / "
                   f"{median(loads, 'p99_us') / 1000:.2f} ms")
        figure(f"writes beside it: {len(written) / self.settings.rounds / self.settings.seconds:.0f} a second, median / longest",
               spread(written))
        figure("p99 beside writes / without", f"{median(busy, 'p99_us') / max(median(quiet, 'p99_us'), 1):.2f}")


def median(loads, name):
    return statistics.median(getattr(load, name) for load in loads)


def figure(name, value):
    print(f"FIGURE {name}: {value}", flush=True)


def spread(seconds):
    return f"{statistics.median(seconds) * 1000:.1f} / {max(seconds) * 1000:.1f} ms" if seconds else "none"


def main(argv):
    settings = parse(argv)
    for program in ("nginx", "wrk", "java"):
        if not find(program):
            print(f"{program} is needed", file=sys.stderr)
            return 2
    cores = machine.pick_cores()
    os.sched_setaffinity(0, {cores[0]})
    scratch = os.path.join(HOME, "run")
    os.makedirs(scratch, exist_ok=True)
    folder = tempfile.mkdtemp(prefix=time.strftime("scale-%Y%m%d-%H%M%S-"), dir=scratch)
    with Processes(0) as processes:
        Scale(settings, Site(folder, *cores, processes)).run()
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
