"""The command line."""
import argparse
import os
from dataclasses import dataclass

from .bodies import BODIES
from .rounds import FULL_WARM_SECONDS
from .site import HOME

SCENARIOS = "small:64,small:1,big:64"
FULL = dict(rounds=3, seconds=6, warm=FULL_WARM_SECONDS, warm_max=60, starts=3, scenarios=SCENARIOS, only="")
SMOKE = dict(rounds=1, seconds=1, warm=3, warm_max=3, starts=1, scenarios=SCENARIOS,
             only="nginx,haproxy,nginx-auth,sluice,sluice-key-auth")


@dataclass(frozen=True)
class Scenario:
    """A body of the backend, asked for over so many connections."""

    body: str
    connections: int

    def __str__(self):
        return f"{self.body} -c{self.connections}"


def parse(argv):
    parser = argparse.ArgumentParser(
        prog="run.sh", description="Measures what a request costs in Sluice and in other proxies, in turn.",
        epilog="With --install as its first word, run.sh puts nginx, haproxy and wrk on a Debian machine first.")
    add = parser.add_argument
    add("--only", metavar="A,B", help="these candidates and no others (--list names them)")
    add("--add", action="append", default=[], metavar="NAME='COMMAND'",
        help="one more candidate; {port}, {target1} and {target2} in the command are replaced")
    add("--scenarios", metavar="BODY:CONNECTIONS,…", help=f"bodies: {', '.join(BODIES)} (default {FULL['scenarios']})")
    add("--rounds", type=positive, help=f"counted runs of each candidate (default {FULL['rounds']})")
    add("--seconds", type=positive, help=f"length of a counted run (default {FULL['seconds']})")
    add("--warm", type=natural, help=f"seconds of warm-up of a JVM at least (default {FULL['warm']})")
    add("--warm-max", type=natural, help=f"… and at most (default {FULL['warm_max']})")
    add("--settle", type=float, default=4.0, metavar="PERCENT",
        help="a warm-up ends once CPU per request falls by no more than this from lap to lap (default 4)")
    add("--starts", type=positive, help=f"starts of each candidate that are timed (default {FULL['starts']})")
    add("--base", default="nginx", help="the candidate that ratios refer to (default nginx)")
    add("--sluice", default="", metavar="DIR", help="unpacked distribution (default: the one the build left)")
    add("--cores", type=cores, metavar="LOAD,CANDIDATE", help="default: the first two this process may use")
    add("--nice", type=int, default=0, metavar="N", help="niceness of all processes of the run alike, e.g. -10 as root")
    add("--smoke", action="store_true", help="about a minute; fails on errors, never on figures")
    add("--out", default=os.path.join(HOME, "out"), metavar="DIR", help="where the report goes (default: out/)")
    add("--keep", action="store_true", help="keep logs and configurations of the run even when all went well")
    add("--list", action="store_true", help="name the candidates and end")
    add("--report", metavar="FILE.json", help="write the report of an earlier run again and end")
    return complete(parser, parser.parse_args(argv))


def complete(parser, options):
    """Fills in what the command line left open, from the full or the smoke profile."""
    for name, value in (SMOKE if options.smoke else FULL).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    options.only = [name for name in options.only.split(",") if name]
    options.warm_max = max(options.warm, options.warm_max)
    try:
        options.scenarios = [scenario(text) for text in options.scenarios.split(",")]
    except ValueError as failure:
        parser.error(str(failure))
    return options


def scenario(text):
    body, _, connections = text.partition(":")
    if body not in BODIES or not connections.isdigit() or int(connections) < 1:
        raise ValueError(f"a scenario is BODY:CONNECTIONS with a body of {', '.join(BODIES)}, not {text!r}")
    return Scenario(body, int(connections))


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def natural(text):
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return value


def cores(text):
    try:
        load, candidate = (int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError("two numbers of cores, as in 0,1") from None
    return load, candidate
