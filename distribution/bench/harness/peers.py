"""The kinds of candidates that are not Sluice. A candidate knows how to be started, nothing of how it is measured."""
import os
import shlex
import subprocess

from . import bodies
from .jvm import java
from .machine import first_line
from .site import HOME, REPOSITORY, find

# The same for every JVM: a fixed heap, and a collector that takes no second core for granted.
JVM_FLAGS = ["-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"]


class Candidate:
    """One row of the tables. `jvm` asks for the long warm-up, `keyed` for an API key in each request, `tls` says that it
    can listen with TLS as well, `loops` on how many event loops it runs, `shipped` that heap, loops and cores are left
    to it. `usual` names the scenarios it takes part in where nobody picked any (None: all it can), `beside` the
    candidate that shows what its own addition costs."""

    jvm = False
    proxies = True
    tls = False
    loops = 1
    shipped = False
    usual = None
    beside = ""
    prefixes = ("/api",)

    def __init__(self, name, keyed=False):
        self.name = name
        self.keyed = keyed
        self.tls_port = 0

    def usually(self, *scenarios):
        self.usual = scenarios
        return self

    def takes(self, shape, site):
        return not shape.tls or (self.tls and site.certificate is not None)

    def paths(self, body):
        """Some paths which all have to give that body: of the first prefix, of one in the middle, of the last."""
        count = len(self.prefixes)
        return [bodies.path_of(body, self.prefixes[place]) for place in sorted({0, count // 2, count - 1})]

    def carried(self, site):
        """What sets one request apart from the next, in wrk's terms."""
        return {"keys": site.keys_file} if self.keyed else {}

    def cores(self, site):
        """The cores it may run on; as it is shipped, all that this process may use."""
        return site.many_cores(None if self.shipped else self.loops)

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

    tls = True

    def obstacle(self, site):
        return None if find("nginx") else "nginx is not installed"

    def start(self, site, port):
        key_map = key_check = ""
        if self.keyed:
            rows = "\n".join(f'    "{key}" {name};' for name, key in bodies.consumers())
            key_map = f'map_hash_bucket_size 128;\n  map $http_apikey $consumer {{\n    default "";\n{rows}\n  }}'
            key_check = 'if ($consumer = "") { return 401; }\n      proxy_set_header X-Consumer-Username $consumer;'
        listen = certificate = ""
        if self.tls_port:
            listen = f"listen 127.0.0.1:{self.tls_port} ssl http2 backlog=4096;"
            certificate = f"ssl_certificate {site.certificate.chain};\n  ssl_certificate_key {site.certificate.key};"
            certificate += "\n  ssl_protocols TLSv1.2 TLSv1.3;"  # the older versions leave the newest protocol out
        conf = site.render("nginx.conf", self.name, PORT=port, KEYS_MAP=key_map, KEYS_CHECK=key_check,
                           TLS_LISTEN=listen, TLS_CERTIFICATE=certificate)
        return site.start([find("nginx"), "-p", os.path.dirname(conf), "-c", conf], self.name)

    def version(self):
        return first_line([find("nginx"), "-v"]).replace("nginx version: ", "")


class Haproxy(Candidate):
    """HAProxy with one thread."""

    tls = True

    def obstacle(self, site):
        return None if find("haproxy") else "haproxy is not installed"

    def start(self, site, port):
        listen = ""
        if self.tls_port:
            listen = f"bind 127.0.0.1:{self.tls_port} ssl crt {site.certificate.both} alpn h2,http/1.1 backlog 4096"
        conf = site.render("haproxy.cfg", self.name, PORT=port, TLS_LISTEN=listen)
        return site.start([find("haproxy"), "-db", "-f", conf], self.name)

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
        self.heap = JVM_FLAGS
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
        # Archived classes hold for one class path: written out, and always in the same order.
        jars = sorted(os.path.join(target, "lib", name) for name in os.listdir(os.path.join(target, "lib")))
        path = ":".join([os.path.join(target, "peer.jar"), *jars])
        return site.start([java(), *self.heap, *self.flags, "-cp", path, self.main, *arguments], self.name,
                          self.cores(site))

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
