"""The kinds of candidates that are not Sluice. A candidate knows how to be started, nothing of how it is measured."""
import os
import shlex
import subprocess

from . import bodies
from .machine import first_line
from .site import HOME, REPOSITORY, find

# The same for every JVM: a fixed heap, and a collector that takes no second core for granted.
JVM_FLAGS = ["-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"]


class Candidate:
    """One row of the tables. `jvm` asks for the long warm-up, `keyed` for an API key in each request."""

    jvm = False
    proxies = True

    def __init__(self, name, keyed=False):
        self.name = name
        self.keyed = keyed

    def obstacle(self, site):
        """Why it cannot take part on this machine, or None. May build what is missing."""
        raise NotImplementedError

    def start(self, site, port):
        """Starts it, listening on the port; returns at once. None stands for the backend itself."""
        raise NotImplementedError

    def version(self):
        return ""


class Direct(Candidate):
    """No gateway: wrk asks the backend, which shows how much the load side could do."""

    proxies = False

    def obstacle(self, site):
        return None

    def start(self, site, port):
        return None


class Nginx(Candidate):
    """nginx as a reverse proxy; keyed, with a map of all keys before it."""

    def obstacle(self, site):
        return None if find("nginx") else "nginx is not installed"

    def start(self, site, port):
        key_map = key_check = ""
        if self.keyed:
            rows = "\n".join(f'    "{key}" {name};' for name, key in bodies.consumers())
            key_map = f'map_hash_bucket_size 128;\n  map $http_apikey $consumer {{\n    default "";\n{rows}\n  }}'
            key_check = 'if ($consumer = "") { return 401; }\n      proxy_set_header X-Consumer-Username $consumer;'
        conf = site.render("nginx.conf", self.name, PORT=port, KEYS_MAP=key_map, KEYS_CHECK=key_check)
        return site.start([find("nginx"), "-p", os.path.dirname(conf), "-c", conf], self.name)

    def version(self):
        return first_line([find("nginx"), "-v"]).replace("nginx version: ", "")


class Haproxy(Candidate):
    """HAProxy with one thread."""

    def obstacle(self, site):
        return None if find("haproxy") else "haproxy is not installed"

    def start(self, site, port):
        return site.start([find("haproxy"), "-db", "-f", site.render("haproxy.cfg", self.name, PORT=port)], self.name)

    def version(self):
        return " ".join(first_line([find("haproxy"), "-v"]).split()[:3])


class MavenPeer(Candidate):
    """A program under peers/, built by Maven when its jar is missing or older than its sources."""

    jvm = True

    def __init__(self, name, main, arguments, versions, flags=()):
        super().__init__(name)
        self.main = main
        self.arguments = arguments
        self.versions = versions
        self.flags = list(flags)
        self.home = os.path.join(HOME, "peers", name)

    def obstacle(self, site):
        if not find("java"):
            return "java is not installed"
        if self.built():
            return None
        if not find("mvn"):
            return "its jar is not built, and mvn is not installed"
        print(f"building {self.name} …", flush=True)
        log = os.path.join(site.folder_of(self.name), "build.log")
        with open(log, "wb") as sink:
            built = subprocess.run(["mvn", "-B", "-q", "-f", os.path.join(self.home, "pom.xml"), "package"],
                                   stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT, check=False)
        return None if built.returncode == 0 else f"its build failed: see {log}"

    def built(self):
        jar = os.path.join(self.home, "target", "peer.jar")
        sources = [os.path.join(REPOSITORY, "pom.xml"), os.path.join(self.home, "pom.xml")]
        for folder, _, names in os.walk(os.path.join(self.home, "src")):
            sources += [os.path.join(folder, name) for name in names]
        return os.path.exists(jar) and os.path.getmtime(jar) > max(map(os.path.getmtime, sources))

    def start(self, site, port):
        target = os.path.join(self.home, "target")
        arguments = fill_in(self.arguments, site, port)
        return site.start([find("java"), *JVM_FLAGS, *self.flags, "-cp", f"{target}/peer.jar:{target}/lib/*", self.main,
                           *arguments], self.name)

    def version(self):
        """What the jars beside the peer say of themselves."""
        jars = sorted(os.listdir(os.path.join(self.home, "target", "lib")))
        return ", ".join(jar[:-len(".jar")] for artifact in self.versions for jar in jars
                         if jar.startswith(artifact + "-") and jar[len(artifact) + 1].isdigit())


class Added(Candidate):
    """A command from the command line; it is warmed up as long as a JVM is, since it may be one."""

    jvm = True

    def __init__(self, name, command):
        super().__init__(name)
        self.command = command

    def obstacle(self, site):
        program = shlex.split(self.command)[0]
        return None if find(program) else f"{program} is not there"

    def start(self, site, port):
        return site.start(fill_in(shlex.split(self.command), site, port), self.name)


def fill_in(words, site, port):
    """A command's words with {port}, {target1} and {target2} replaced; other braces stay as they are."""
    values = {"{port}": str(port)}
    values.update((f"{{target{place}}}", f"127.0.0.1:{target}") for place, target in enumerate(site.targets, 1))
    for name, value in values.items():
        words = [word.replace(name, value) for word in words]
    return words
