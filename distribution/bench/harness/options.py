"""The command line."""
import argparse
import os

from .rounds import FULL_WARM_SECONDS
from .scenarios import SHAPES, scenario
from .site import HOME

SCENARIOS = "small:64,small:1,big:64,100k:64,1m:16,post:64,tls:64,tls-resumed:64,tls-full:1,h2:4"
PARTS = ["start", "memory", "load", "allocation", "changes", "syscalls"]
FULL = dict(rounds=3, seconds=5, warm=FULL_WARM_SECONDS, warm_max=48, starts=3, scenarios=SCENARIOS, only="",
            parts=",".join(PARTS), routes=10_000, connections=10_000)
SMOKE = dict(rounds=1, seconds=1, warm=3, warm_max=3, starts=1, routes=500, connections=500,
             scenarios="small:64,100k:16,post:16,tls-full:1,h2:2", parts="memory,load,allocation,changes,syscalls",
             only="nginx,sluice,sluice-key-auth-rate-limiting")
# What is meant by naming candidates or scenarios, and no parts.
PICKED = "load,allocation"


def parse(argv):
    parser = argparse.ArgumentParser(
        prog="run.sh", description="Measures what a request costs in Sluice and in other proxies, in turn.",
        epilog="With --install as its first word, run.sh puts the tools on a Debian machine first.")
    add = parser.add_argument
    add("--only", metavar="A,B", help="these candidates and no others (--list names them)")
    add("--add", action="append", default=[], metavar="NAME='COMMAND'",
        help="one more candidate; {port}, {target1} and {target2} in the command are replaced")
    add("--scenarios", metavar="SHAPE:CONNECTIONS,…",
        help=f"shapes: {', '.join(SHAPES)} (default {FULL['scenarios']})")
    add("--parts", metavar="A,B", help=f"of {','.join(PARTS)} (default: all; {PICKED} where candidates or scenarios are named)")
    add("--rounds", type=positive, help=f"counted runs of each candidate (default {FULL['rounds']})")
    add("--seconds", type=positive, help=f"length of a counted run (default {FULL['seconds']})")
    add("--warm", type=natural, help=f"seconds of warm-up of a JVM at least (default {FULL['warm']})")
    add("--warm-max", type=natural, help=f"… and at most (default {FULL['warm_max']})")
    add("--settle", type=float, default=4.0, metavar="PERCENT",
        help="a warm-up ends once CPU per request falls by no more than this from lap to lap (default 4)")
    add("--starts", type=positive, help=f"starts of each candidate that are timed (default {FULL['starts']})")
    add("--routes", type=positive, metavar="N", help=f"of the part memory (default {FULL['routes']})")
    add("--connections", type=positive, metavar="N", help=f"idle ones, of the part memory (default {FULL['connections']})")
    add("--base", default="nginx", help="the candidate that ratios refer to (default nginx)")
    add("--sluice", default="", metavar="DIR", help="unpacked distribution (default: the one the build left)")
    add("--cores", type=cores, metavar="LOAD,CANDIDATE", help="default: the first two this process may use")
    add("--nice", type=int, default=0, metavar="N", help="niceness of all processes of the run alike, e.g. -10 as root")
    add("--smoke", action="store_true", help="for CI, about a minute; fails on errors, never on figures")
    add("--out", default=os.path.join(HOME, "out"), metavar="DIR", help="where the report goes (default: out/)")
    add("--keep", action="store_true", help="keep logs and configurations of the run even when all went well")
    add("--list", action="store_true", help="name the candidates and end")
    add("--report", metavar="FILE.json", help="write the report of an earlier run again and end")
    return complete(parser, parser.parse_args(argv))


def complete(parser, options):
    """Fills in what the command line left open, from the full or the smoke profile."""
    options.usual = options.only is None and options.scenarios is None
    if options.parts is None and not options.usual:
        options.parts = PICKED
    for name, value in (SMOKE if options.smoke else FULL).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    options.only = [name for name in options.only.split(",") if name]
    options.parts = [part for part in options.parts.split(",") if part]
    options.warm_max = max(options.warm, options.warm_max)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    try:
        options.scenarios = [scenario(text) for text in options.scenarios.split(",")]
    except ValueError as failure:
        parser.error(str(failure))
    return options


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
