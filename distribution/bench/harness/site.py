"""The place a run happens at: folders, cores, ports, the backend, and what candidates need to know of them."""
import os
import re
import shutil
import socket
from dataclasses import dataclass, field

from . import bodies
from .process import Processes
from .scenarios import POSTED_BYTES

HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), os.pardir))
REPOSITORY = os.path.abspath(os.path.join(HOME, os.pardir, os.pardir))


@dataclass
class Site:
    """Shared by everything of one run."""

    folder: str
    load_core: int
    candidate_core: int
    processes: Processes
    sluice: str = ""
    targets: tuple = ()
    keys_file: str = ""
    posted_file: str = ""
    certificate: object = None
    allowed: frozenset = field(default_factory=lambda: frozenset(os.sched_getaffinity(0)))
    ports: set = field(default_factory=set)

    def free_port(self):
        """A loopback port nobody listens on now, and no other part of this run was given."""
        while True:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            if port not in self.ports:
                self.ports.add(port)
                return port

    def many_cores(self, count=None):
        """So many cores, the candidate's first and the load's last; all of them for None. Fewer where there are fewer."""
        others = sorted(self.allowed - {self.load_core, self.candidate_core})
        cores = list(dict.fromkeys([self.candidate_core, *others, self.load_core]))
        return set(cores[:count])

    def folder_of(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(path, exist_ok=True)
        return path

    def start(self, argv, name, core=None, env=None):
        """Starts a program in the folder of that name; it is the current folder and holds the log. One core, or several."""
        folder = self.folder_of(name)
        core = self.candidate_core if core is None else core
        return self.processes.start(argv, core, os.path.join(folder, "output.log"), env, folder)

    def render(self, template, name, **values):
        """Fills conf/TEMPLATE's @NAMES@ in, and gives the path of the result in the folder of that name."""
        with open(os.path.join(HOME, "conf", template)) as file:
            text = file.read()
        values = {"TARGET1": self.targets[0], "TARGET2": self.targets[1], "TLS_LISTEN": "", "TLS_CERTIFICATE": "", **values}
        text = re.sub(r"@([A-Z0-9_]+)@", lambda match: str(values[match.group(1)]), text)
        path = os.path.join(self.folder_of(name), template)
        with open(path, "w") as file:
            file.write(text)
        return path


def start_backend(site):
    """Starts the backend on the load's core and writes down what requests carry: the consumers' keys, a body."""
    site.targets = (site.free_port(), site.free_port())
    site.keys_file = os.path.join(site.folder, "keys.txt")
    with open(site.keys_file, "w") as file:
        file.writelines(key + "\n" for _, key in bodies.consumers())
    site.posted_file = os.path.join(site.folder, "posted")
    with open(site.posted_file, "wb") as file:
        file.write((bodies.BIG_TENTH.encode() * (POSTED_BYTES // 1000 + 1))[:POSTED_BYTES])
    bodies.write_files(site.folder_of(os.path.join("backend", "files")))
    conf = site.render("backend.conf", "backend", SMALL=bodies.SMALL, BIG_TENTH=bodies.BIG_TENTH)
    return site.start([find("nginx"), "-p", os.path.dirname(conf), "-c", conf], "backend", site.load_core)


def find(program):
    """The program's path, or None; Debian keeps servers where only root's PATH looks."""
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin")
