"""Who takes part. A new peer is one more line here, or `--add` for once."""
from .peers import Added, Direct, Haproxy, MavenPeer, Nginx
from .sluice import Sluice

# Without these, several event loops would share the one core.
ONE_LOOP = ["-Dreactor.netty.ioWorkerCount=1", "-Dreactor.netty.ioSelectCount=1"]

# What the slower half of the tables is not asked for, so that a full run stays below half an hour.
BUSY = ["small:64"]
PLAIN = ["small:64", "small:1", "big:64"]
LONG = ["100k:64", "1m:16", "post:64"]

KEY_AUTH = {"name": "key-auth"}
# A limit that is counted and never reached.
RATE_LIMITING = {"name": "rate-limiting", "config": {"minute": 1_000_000_000, "policy": "local"}}


def known():
    """Every candidate, in the order of the tables."""
    return [
        Direct("direct").usually(*PLAIN),
        Nginx("nginx"),
        Haproxy("haproxy").usually(*PLAIN),
        Nginx("nginx-auth", keyed=True).usually(*BUSY),
        MavenPeer("vertx-pipe", "dev.sluice.bench.pipe.PipePeer", ["{port}", "{target1}", "{target2}"],
                  ["vertx-core", "netty-transport"]).usually(*PLAIN, *LONG),
        MavenPeer("scg", "dev.sluice.bench.scg.ScgPeer",
                  ["--peer.port={port}", "--peer.target1={target1}", "--peer.target2={target2}"],
                  ["spring-cloud-gateway-server-webflux", "netty-transport"], ONE_LOOP).usually(*BUSY),
        Sluice("sluice"),
        Sluice("sluice-key-auth", keyed=True, plugins=[KEY_AUTH], beside="sluice").usually(*BUSY),
        Sluice("sluice-key-auth-rate-limiting", keyed=True, plugins=[KEY_AUTH, RATE_LIMITING],
               beside="sluice").usually(*BUSY),
        Sluice("sluice-10k-routes", routes=10_000, beside="sluice").usually(*BUSY),
        Sluice("sluice-10k-routes-one", routes=10_000, turns=False, beside="sluice").usually(*BUSY),
        Sluice("sluice-2-loops", loops=2, beside="sluice").usually(*BUSY),
    ]


def choose(only, added):
    """The candidates named (all, where none is) and those of the command line; an unknown name is an error."""
    everyone = known() + [Added(*split(text)) for text in added]
    names = [candidate.name for candidate in everyone]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise ValueError(f"--add may not take the name of another candidate: {', '.join(sorted(doubled))}")
    unknown = [name for name in only if name not in names]
    if unknown:
        raise ValueError(f"no candidate is called {', '.join(unknown)}; there are {', '.join(names)}")
    return [candidate for candidate in everyone
            if not only or candidate.name in only or isinstance(candidate, Added)]


def split(text):
    name, equals, command = text.partition("=")
    if not (name and equals and command.strip()):
        raise ValueError(f"--add wants name='command', not {text!r}")
    return name, command
