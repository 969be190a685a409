"""What loggers send to: an nginx that takes everything, and a program that reads TCP and UDP and keeps nothing."""
import os
import selectors
import socket
import sys
from dataclasses import dataclass

from .site import find

PART = 1 << 16


@dataclass(frozen=True)
class Sinks:
    """Ports on the loopback, and a file."""

    http: int
    tcp: int
    udp: int
    file: str


NOWHERE = Sinks(0, 0, 0, "")


def start(site):
    """Starts them on the core of the load."""
    sinks = Sinks(site.free_port(), site.free_port(), site.free_port(), os.path.join(site.folder, "requests.log"))
    conf = site.render("sink.conf", "sink", PORT=sinks.http)
    site.start([find("nginx"), "-p", os.path.dirname(conf), "-c", conf], "sink", site.load_core)
    site.start([sys.executable, "-m", "harness.sinks", str(sinks.tcp), str(sinks.udp)], "lines", site.load_core)
    return sinks


def read(tcp, udp):
    """Reads for ever."""
    selector = selectors.DefaultSelector()
    server = socket.create_server(("127.0.0.1", tcp))
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", udp))
    selector.register(server, selectors.EVENT_READ)
    selector.register(datagrams, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is server:
                selector.register(server.accept()[0], selectors.EVENT_READ)
            elif not key.fileobj.recv(PART) and key.fileobj is not datagrams:
                selector.unregister(key.fileobj)
                key.fileobj.close()


if __name__ == "__main__":
    read(int(sys.argv[1]), int(sys.argv[2]))
