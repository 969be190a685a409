"""Writes through an Admin API, each seen to be live by a request through the proxy as soon as it is answered."""
import json
import threading
import time
from zlib import crc32

from .http import Kept, fetch

TIMEOUT_SECONDS = 30


class Writer:
    """Writes over one kept connection. For one thread."""

    def __init__(self, port, admin, matching):
        self.port = port
        self.matching = matching
        self.connection = Kept(admin, TIMEOUT_SECONDS)

    def call(self, method, path, entity=None):
        """Writes; gives the seconds until the answer."""
        body = b"" if entity is None else json.dumps(entity).encode()
        begun = time.monotonic()
        status, text = self.connection.exchange(method, path, body)
        took = time.monotonic() - begun
        if status not in (200, 201, 204):
            raise RuntimeError(f"{method} {path} answered {status}: {text[:300]!r}")
        return took

    def expect(self, path, expected, headers=None):
        status, answer = fetch(self.port, path, headers)
        if status != expected:
            raise RuntimeError(f"{path} answered {status}, not {expected}, after a write: {answer[:200]!r}")


class Kind:
    """What is written and taken away again, in some steps; gives the seconds of each."""

    def __init__(self, name, steps, write):
        self.name = name
        self.steps = steps
        self.write = write


def route(writer, name):
    took = writer.call("POST", "/services/s0/routes", {"name": name, **writer.matching(f"/{name}/")})
    writer.expect(f"/{name}/small", 200)
    yield "POST /services/s0/routes", took
    took = writer.call("PATCH", f"/routes/{name}", writer.matching(f"/{name}-b/"))
    writer.expect(f"/{name}-b/small", 200)
    writer.expect(f"/{name}/small", 404)
    yield "PATCH /routes/NAME", took
    took = writer.call("DELETE", f"/routes/{name}")
    writer.expect(f"/{name}-b/small", 404)
    yield "DELETE /routes/NAME", took


def service(writer, name):
    took = writer.call("POST", "/services", {"name": name, "host": "bench", "path": "/api", "enabled": False})
    yield "POST /services", took
    writer.call("POST", f"/services/{name}/routes", {"name": name, **writer.matching(f"/{name}/")})
    writer.expect(f"/{name}/small", 404)
    took = writer.call("PATCH", f"/services/{name}", {"enabled": True})
    writer.expect(f"/{name}/small", 200)
    yield "PATCH /services/NAME", took
    writer.call("DELETE", f"/routes/{name}")
    yield "DELETE /services/NAME", writer.call("DELETE", f"/services/{name}")


def host_service(writer, name):
    """A service of a host of its own: it brings a balancer, and takes it along."""
    yield "POST /services of a new host", writer.call(
        "POST", "/services", {"name": name, "host": "127.0.0.1", "port": 1 + crc32(name.encode()) % 60_000})
    yield "DELETE /services of a lone host", writer.call("DELETE", f"/services/{name}")


def key(writer, name):
    yield "POST /consumers", writer.call("POST", "/consumers", {"username": name})
    took = writer.call("POST", f"/consumers/{name}/key-auth", {"key": name})
    writer.expect("/keyed/small", 200, {"apikey": name})
    yield "POST /consumers/NAME/key-auth", took
    took = writer.call("DELETE", f"/consumers/{name}")
    writer.expect("/keyed/small", 401, {"apikey": name})
    yield "DELETE /consumers/NAME", took


def target(writer, name):
    address = f"127.0.0.2:{1 + crc32(name.encode()) % 60_000}"
    yield "POST /upstreams/bench/targets", writer.call(
        "POST", "/upstreams/bench/targets", {"target": address, "weight": 0})
    yield "DELETE /upstreams/bench/targets/TARGET", writer.call("DELETE", f"/upstreams/bench/targets/{address}")


def plugin(writer, name):
    writer.call("PUT", f"/routes/{name}", {"service": {"name": "s0"}, **writer.matching(f"/{name}/")})
    took = writer.call("PUT", f"/routes/{name}/plugins/{identity(name)}", {"name": "key-auth"})
    writer.expect(f"/{name}/small", 401)
    yield "PUT /routes/NAME/plugins/ID", took
    took = writer.call("DELETE", f"/plugins/{identity(name)}")
    writer.expect(f"/{name}/small", 200)
    yield "DELETE /plugins/ID", took
    writer.call("DELETE", f"/routes/{name}")


def identity(name):
    return f"00000000-0000-4000-8000-{crc32(name.encode()) % 10**12:012}"


KINDS = (
    Kind("route", ("POST /services/s0/routes", "PATCH /routes/NAME", "DELETE /routes/NAME"), route),
    Kind("service", ("POST /services", "PATCH /services/NAME", "DELETE /services/NAME"), service),
    Kind("host", ("POST /services of a new host", "DELETE /services of a lone host"), host_service),
    Kind("consumer", ("POST /consumers", "POST /consumers/NAME/key-auth", "DELETE /consumers/NAME"), key),
    Kind("target", ("POST /upstreams/bench/targets", "DELETE /upstreams/bench/targets/TARGET"), target),
    Kind("plugin", ("PUT /routes/NAME/plugins/ID", "DELETE /plugins/ID"), plugin),
)


class Steady:
    """Writes of routes beside something else, so many a second; entered, it goes on until it is left."""

    def __init__(self, writer, rate, prefix):
        self.writer = writer
        self.rate = rate
        self.prefix = prefix
        self.seconds = []
        self.failures = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.guarded)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        if self.failures:
            raise self.failures[0]

    def guarded(self):
        try:
            self.write()
        except (OSError, RuntimeError) as failure:
            self.failures.append(failure)

    def write(self):
        begun, number = time.monotonic(), 0
        while not self.over.is_set():
            name = f"{self.prefix}{number // 3}"
            if number % 3 == 0:
                took = self.writer.call("POST", "/services/s0/routes", {"name": name, **self.writer.matching(f"/{name}/")})
            elif number % 3 == 1:
                took = self.writer.call("PATCH", f"/routes/{name}", self.writer.matching(f"/{name}-b/"))
            else:
                took = self.writer.call("DELETE", f"/routes/{name}")
            self.seconds.append(took)
            number += 1
            self.over.wait(max(0.0, begun + number / self.rate - time.monotonic()))
