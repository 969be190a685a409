"""Sluice, started from its unpacked distribution and set up through its Admin API, as a user would do it."""
import glob
import os

from . import bodies
from .answers import await_answer
from .http import AdminApi, fetch
from .peers import JVM_FLAGS, Candidate
from .site import REPOSITORY, find

ADMIN_PATIENCE_SECONDS = 120


class Sluice(Candidate):
    """One route to an upstream of two targets; keyed, with key-auth on it and a thousand consumers."""

    jvm = True

    def __init__(self, name, keyed=False):
        super().__init__(name, keyed)
        self.home = ""
        self.admin_port = 0

    def obstacle(self, site):
        self.home = os.path.abspath(site.sluice) if site.sluice else unpacked()
        if not os.access(os.path.join(self.home, "bin", "sluice"), os.X_OK):
            where = self.home if site.sluice else "distribution/package/target"
            return f"no unpacked distribution in {where}: build it, or name one with --sluice"
        return None if find("java") else "java is not installed"

    def start(self, site, port):
        """Sets it up before its first start, which so finds its configuration stored, as after a restart."""
        if not self.admin_port:
            self.admin_port = site.free_port()
            self.set_up(site, port)
        return self.launch(site, port)

    def launch(self, site, port):
        conf = site.render("sluice.conf", self.name, PORT=port, ADMIN=self.admin_port)
        prefix = site.folder_of(os.path.join(self.name, "prefix"))
        argv = [os.path.join(self.home, "bin", "sluice"), "start", "-c", conf, "-p", prefix]
        env = {"JAVA_OPTS": " ".join(JVM_FLAGS), "SLUICE_NGINX_WORKER_PROCESSES": "1"}
        return site.start(argv, self.name, env=env)

    def set_up(self, site, port):
        process = self.launch(site, port)
        try:
            await_answer(process, lambda: fetch(self.admin_port, "/")[0] == 200, ADMIN_PATIENCE_SECONDS)
            api = AdminApi(self.admin_port)
            try:
                configure(api, site.targets, bodies.consumers() if self.keyed else [])
            finally:
                api.close()
        finally:
            site.processes.stop(process)

    def version(self):
        return os.path.basename(self.home.rstrip("/"))


def configure(api, targets, consumers):
    """One service and one route over an upstream; with consumers, key-auth on the route as well."""
    api.create("/upstreams", {"name": "bench"})
    for port in targets:
        api.create("/upstreams/bench/targets", {"target": f"127.0.0.1:{port}"})
    api.create("/services", {"name": "bench", "host": "bench", "protocol": "http"})
    api.create("/services/bench/routes", {"name": "bench", "paths": ["/api"], "strip_path": False})
    if consumers:
        api.create("/routes/bench/plugins", {"name": "key-auth"})
    for name, key in consumers:
        api.create("/consumers", {"username": name})
        api.create(f"/consumers/{name}/key-auth", {"key": key})


def unpacked():
    """The youngest distribution that the build left unpacked, or ""."""
    folders = glob.glob(os.path.join(REPOSITORY, "distribution", "package", "target", "sluice-*", "bin"))
    # Some builds leave the archive's own top folder inside of the one they unpack to.
    folders += glob.glob(os.path.join(REPOSITORY, "distribution", "package", "target", "sluice-*", "sluice-*", "bin"))
    return os.path.dirname(max(folders, key=os.path.getmtime)) if folders else ""
