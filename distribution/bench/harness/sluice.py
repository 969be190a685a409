"""Sluice, started from its unpacked distribution and set up through its Admin API, as a user would do it."""
import glob
import json
import math
import os

from . import bodies
from .answers import await_answer
from .http import exchange, fetch
from .peers import JVM_FLAGS, Candidate
from .site import REPOSITORY, find

ADMIN_PATIENCE_SECONDS = 120


class Sluice(Candidate):
    """One service over an upstream of two targets, with so many routes, which have these plugins; keyed, with a thousand
    consumers as well. `turns` has requests ask for one route after the other. `shipped` leaves the JVM and the number of
    event loops as bin/sluice chooses them, and all cores."""

    jvm = True
    tls = True

    def __init__(self, name, keyed=False, plugins=(), routes=1, turns=True, loops=1, beside="", shipped=False):
        super().__init__(name, keyed)
        self.plugins = list(plugins)
        self.turns = turns
        self.loops = loops
        self.beside = beside
        self.shipped = shipped
        self.home = ""
        self.admin_port = 0
        if routes > 1:
            self.prefixes = [f"/r{number:06}" for number in range(routes)]

    def obstacle(self, site):
        self.home = os.path.abspath(site.sluice) if site.sluice else unpacked()
        if not os.access(os.path.join(self.home, "bin", "sluice"), os.X_OK):
            where = self.home if site.sluice else "distribution/package/target"
            return f"no unpacked distribution in {where}: build it, or name one with --sluice"
        return None if find("java") else "java is not installed"

    def carried(self, site):
        if len(self.prefixes) == 1 or not self.turns:
            return super().carried(site)
        path = os.path.join(site.folder_of(self.name), "prefixes.txt")
        if not os.path.exists(path):
            with open(path, "w") as file:
                file.writelines(prefix + "\n" for prefix in scattered(self.prefixes))
        return {**super().carried(site), "prefixes": path}

    def start(self, site, port):
        """Sets it up before its first start, which so finds its configuration stored, as after a restart."""
        if not self.admin_port:
            self.admin_port = site.free_port()
            self.set_up(site, port)
        return self.launch(site, port)

    def launch(self, site, port):
        listen = certificate = ""
        if self.tls_port:
            listen = f", 127.0.0.1:{self.tls_port} http2 ssl"
            certificate = f"ssl_cert = {site.certificate.chain}\nssl_cert_key = {site.certificate.key}"
        conf = site.render("sluice.conf", self.name, PORT=port, ADMIN=self.admin_port, TLS_LISTEN=listen,
                           TLS_CERTIFICATE=certificate)
        prefix = site.folder_of(os.path.join(self.name, "prefix"))
        argv = [os.path.join(self.home, "bin", "sluice"), "start", "-c", conf, "-p", prefix]
        env = {} if self.shipped else {
            "JAVA_OPTS": " ".join(JVM_FLAGS), "SLUICE_NGINX_WORKER_PROCESSES": str(self.loops)}
        return site.start(argv, self.name, self.cores(site), env)

    def set_up(self, site, port):
        process = self.launch(site, port)
        try:
            await_answer(process, lambda: fetch(self.admin_port, "/")[0] == 200, ADMIN_PATIENCE_SECONDS)
            entities = document(site.targets, self.prefixes, self.plugins, bodies.consumers() if self.keyed else [])
            status, answer = exchange(self.admin_port, "POST", "/config?apply=1", json.dumps(entities),
                                      {"Content-Type": "application/json"}, ADMIN_PATIENCE_SECONDS)
            if status not in (200, 201):
                raise RuntimeError(f"POST /config answered {status}: {answer[:300]!r}")
        finally:
            site.processes.stop(process)

    def version(self):
        return os.path.basename(self.home.rstrip("/"))


def document(targets, prefixes, plugins, consumers):
    """The declarative configuration: a route for each prefix, all of them to one service over one upstream."""
    routes = [{"name": "bench" + prefix.replace("/", "-"), "paths": [prefix], "strip_path": False,
               **({"plugins": plugins} if plugins else {})} for prefix in prefixes]
    return {
        "_format_version": "3.0",
        "upstreams": [{"name": "bench", "targets": [{"target": f"127.0.0.1:{port}"} for port in targets]}],
        "services": [{"name": "bench", "host": "bench", "protocol": "http", "routes": routes}],
        "consumers": [{"username": name, "keyauth_credentials": [{"key": key}]} for name, key in consumers],
    }


def scattered(items):
    """The items in an order in which neighbours are far apart; each comes once, as the step has no factor in common."""
    step = next(step for step in range(len(items) * 5 // 8, len(items) * 2) if math.gcd(step, len(items)) == 1)
    return [items[place * step % len(items)] for place in range(len(items))]


def unpacked():
    """The youngest distribution that the build left unpacked, or ""."""
    folders = glob.glob(os.path.join(REPOSITORY, "distribution", "package", "target", "sluice-*", "bin"))
    # Some builds leave the archive's own top folder inside of the one they unpack to.
    folders += glob.glob(os.path.join(REPOSITORY, "distribution", "package", "target", "sluice-*", "sluice-*", "bin"))
    return os.path.dirname(max(folders, key=os.path.getmtime)) if folders else ""
