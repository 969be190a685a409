"""What is asked for: a shape of request and answer, over so many connections."""
from dataclasses import dataclass

from .bodies import BODIES

POSTED_BYTES = 10_000


@dataclass(frozen=True)
class Shape:
    """How a request goes out: for which body, with what sent along, over what kind of connection."""

    body: str
    posted: int = 0
    tls: bool = False
    fresh: bool = False
    full: bool = False
    streams: int = 0

    @property
    def http2(self):
        return self.streams > 0


SHAPES = {
    **{body: Shape(body) for body in BODIES if body != "post"},
    "post": Shape("post", posted=POSTED_BYTES),
    "tls": Shape("small", tls=True),
    # A connection for each request: wrk resumes the session where the server lets it, s_time never does.
    "tls-resumed": Shape("small", tls=True, fresh=True),
    "tls-full": Shape("small", tls=True, fresh=True, full=True),
    "h2": Shape("small", tls=True, streams=16),
}


@dataclass(frozen=True)
class Scenario:
    """A shape and its connections; written as tls:64 on the command line and "tls -c64" in the tables."""

    name: str
    connections: int

    @property
    def key(self):
        return f"{self.name}:{self.connections}"

    @property
    def shape(self):
        return SHAPES[self.name]

    @property
    def body(self):
        return self.shape.body

    def __str__(self):
        return f"{self.name} -c{self.connections}"


def scenario(text):
    name, _, connections = text.partition(":")
    if name not in SHAPES or not connections.isdigit() or int(connections) < 1:
        raise ValueError(f"a scenario is SHAPE:CONNECTIONS with a shape of {', '.join(SHAPES)}, not {text!r}")
    return Scenario(name, int(connections))
