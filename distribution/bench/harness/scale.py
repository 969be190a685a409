"""Sluice with very many entities: how it loads and lists them, and what a write costs at that size."""
import argparse
import http.client
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time

from . import machine, procfs
from .answers import await_answer
from .http import AdminApi, exchange, fetch
from .process import Processes
from .site import HOME, Site, find, start_backend
from .sluice import Sluice, unpacked
from .wrk import Wrk

START_SECONDS = 120
APPLY_SECONDS = 900
PAGE = 1000
CONNECTIONS = 16
PAUSE_BETWEEN_WRITES = 0.05


def parse(argv):
    parser = argparse.ArgumentParser(prog="scale.sh", description=__doc__)
    parser.add_argument("--services", type=int, default=10_000, help="each with a route (default 10000)")
    parser.add_argument("--consumers", type=int, default=100_000, help="each with a key (default 100000)")
    parser.add_argument("--writes", type=int, default=200, help="of each kind (default 200)")
    parser.add_argument("--seconds", type=int, default=10, help="of load without writes (default 10)")
    parser.add_argument("--sluice", default="", metavar="DIR", help="unpacked distribution")
    return parser.parse_args(argv)


def document(services, consumers, target):
    """All entities as one declarative configuration; one route asks for a key."""
    entities = {
        "_format_version": "3.0",
        "upstreams": [{"name": "bench", "targets": [{"target": target}]}],
        "services": [
            {"name": f"s{i}", "host": "bench", "path": "/api", "routes": [{"name": f"r{i}", "paths": [f"/s{i}/"]}]}
            for i in range(services)],
        "consumers": [
            {"username": f"c{i}", "keyauth_credentials": [{"key": f"key-of-c{i}"}]} for i in range(consumers)],
    }
    entities["services"].append(
        {"name": "keyed", "host": "bench", "path": "/api",
         "routes": [{"name": "keyed", "paths": ["/keyed/"], "plugins": [{"name": "key-auth"}]}]})
    return entities


class Scale:
    """One gateway, set up once, measured step by step; prints each figure as it comes."""

    def __init__(self, settings, site):
        self.settings = settings
        self.site = site
        self.port = site.free_port()
        self.admin = site.free_port()
        self.process = None

    def run(self):
        start_backend(self.site)
        self.start()
        self.load()
        self.pages("services", self.settings.services + 1)
        self.pages("consumers", self.settings.consumers)
        self.pages("key-auths", self.settings.consumers)
        self.site.processes.stop(self.process)
        begun = time.monotonic()
        self.start()
        self.await_proxied()
        figure("restart until the first proxied 200", f"{time.monotonic() - begun:.1f} s")
        figure("RSS after the restart", f"{procfs.memory(self.process.pid)[0]:.0f} MiB")
        quiet = self.traffic(self.settings.seconds, "without writes")
        self.warm_up()
        self.writes("one write at a time, no traffic")
        busy = self.traffic_beside_writes()
        figure("p99 beside writes / without", f"{busy / max(quiet, 1):.2f}")

    def start(self):
        candidate = Sluice("sluice")
        candidate.home = os.path.abspath(self.settings.sluice) if self.settings.sluice else unpacked()
        conf = self.site.render("sluice.conf", "sluice", PORT=self.port, ADMIN=self.admin)
        prefix = self.site.folder_of(os.path.join("sluice", "prefix"))
        argv = [os.path.join(candidate.home, "bin", "sluice"), "start", "-c", conf, "-p", prefix]
        self.process = self.site.start(argv, "sluice", env={"JAVA_OPTS": "-Xmx2g"})
        await_answer(self.process, lambda: fetch(self.admin, "/")[0] == 200, START_SECONDS)

    def load(self):
        config = json.dumps(document(self.settings.services, self.settings.consumers,
                                     f"127.0.0.1:{self.site.targets[0]}"))
        begun = time.monotonic()
        status, answer = exchange(self.admin, "POST", "/config?apply=1", config, {"Content-Type": "application/json"},
                                  APPLY_SECONDS)
        if status not in (200, 201):
            raise RuntimeError(f"POST /config answered {status}: {answer[:400]!r}")
        figure("all in one POST /config?apply=1", f"{time.monotonic() - begun:.1f} s, {len(config) / 2**20:.1f} MiB")
        self.await_proxied()

    def await_proxied(self):
        last = self.settings.services - 1
        await_answer(self.process, lambda: fetch(self.port, f"/s{last}/small")[0] != 404, START_SECONDS)

    def pages(self, kind, expected):
        path, found, times = f"/{kind}?size={PAGE}", 0, []
        while path:
            begun = time.monotonic()
            status, answer = fetch(self.admin, path)
            times.append(time.monotonic() - begun)
            if status != 200:
                raise RuntimeError(f"GET {path} answered {status}")
            page = json.loads(answer)
            found += len(page["data"])
            path = f"{page['next']}&size={PAGE}" if page.get("next") and "size=" not in page["next"] else page.get("next")
        if found != expected:
            raise RuntimeError(f"{found} of {expected} {kind} are listed")
        figure(f"list of {found} {kind}, page of {PAGE}: median / longest", spread(times))

    def traffic(self, seconds, name):
        load = Wrk(self.site.load_core).run(self.port, "/s0/small", CONNECTIONS, seconds)
        if load.bad_status or load.socket_errors or load.timeouts:
            raise RuntimeError(f"requests failed: {load}")
        figure(f"proxy {name}: requests/s, p50 / p99",
               f"{load.rate:.0f}, {load.p50_us / 1000:.2f} / {load.p99_us / 1000:.2f} ms")
        return load.p99_us

    def warm_up(self):
        for number in range(30):
            self.write_route(f"warm{number}")

    def writes(self, name):
        for kind, write in (("route", self.write_route), ("service", self.write_service),
                            ("consumer and key", self.write_key)):
            times = []
            for number in range(self.settings.writes):
                times.append(write(f"{name[:3].strip()}{kind[0]}{number}"))
                time.sleep(PAUSE_BETWEEN_WRITES)
            figure(f"{name}: {kind}, live after, median / longest", spread(times))

    def write_route(self, name):
        """Makes a route and sees it serve; gives the seconds until the write was answered."""
        took = self.create("/services/s0/routes", {"name": name, "paths": [f"/{name}/"]})
        self.expect(f"/{name}/small", {})
        return took

    def write_service(self, name):
        took = self.create("/services", {"name": name, "host": "bench", "path": "/api"})
        self.create(f"/services/{name}/routes", {"name": name, "paths": [f"/{name}/"]})
        self.expect(f"/{name}/small", {})
        return took

    def write_key(self, name):
        took = self.create("/consumers", {"username": name})
        took += self.create(f"/consumers/{name}/key-auth", {"key": name})
        self.expect("/keyed/small", {"apikey": name})
        return took

    def create(self, path, entity):
        api = AdminApi(self.admin)
        try:
            begun = time.monotonic()
            api.create(path, entity)
            return time.monotonic() - begun
        finally:
            api.close()

    def expect(self, path, headers):
        """The backend knows no such path: its 404 is plain, the gateway's would be JSON."""
        status, answer = fetch(self.port, path, headers)
        if status in (401, 503) or b'"no Route matched' in answer:
            raise RuntimeError(f"{path} was not live when the write was answered: {status} {answer[:200]!r}")

    def traffic_beside_writes(self):
        kinds = 3
        seconds = max(5, int(self.settings.writes * kinds * (PAUSE_BETWEEN_WRITES + 0.06)))
        failures = []
        thread = threading.Thread(target=self.guarded, args=(failures,))
        thread.start()
        p99 = self.traffic(seconds, "beside writes")
        thread.join()
        if failures:
            raise failures[0]
        return p99

    def guarded(self, failures):
        try:
            self.writes("beside traffic")
        except (OSError, RuntimeError, http.client.HTTPException) as failure:
            failures.append(failure)


def figure(name, value):
    print(f"FIGURE {name}: {value}", flush=True)


def spread(seconds):
    return f"{statistics.median(seconds) * 1000:.1f} / {max(seconds) * 1000:.1f} ms"


def main(argv):
    settings = parse(argv)
    for program in ("nginx", "wrk", "java"):
        if not find(program):
            print(f"{program} is needed", file=sys.stderr)
            return 2
    cores = machine.pick_cores()
    scratch = os.path.join(HOME, "run")
    os.makedirs(scratch, exist_ok=True)
    folder = tempfile.mkdtemp(prefix=time.strftime("scale-%Y%m%d-%H%M%S-"), dir=scratch)
    with Processes(0) as processes:
        Scale(settings, Site(folder, *cores, processes)).run()
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
