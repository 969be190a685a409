"""What each policy costs: one gateway, a route for each policy and one without, asked in turns."""
import argparse
import json
import os
import shutil
import signal
import statistics
import sys
import tempfile
import time

from . import bodies, machine, policies, procfs, sinks
from .answers import await_answer
from .http import AdminApi, exchange, fetch
from .peers import JVM_FLAGS
from .policies import NO_PLUGIN, Policy
from .process import Processes
from .site import HOME, Site, find, start_backend
from .sluice import unpacked
from .wrk import Wrk

START_SECONDS = 120
APPLY_SECONDS = 120
BETWEEN = 3
BARE = Policy(NO_PLUGIN, ())


def options(argv):
    parser = argparse.ArgumentParser(prog="plugins.sh", description=__doc__)
    add = parser.add_argument
    add("--only", default="", metavar="A;B", help="these policies alone, semicolons between (--list names them)")
    add("--rounds", type=int, default=3, help="counted runs of each policy (default 3); 0, and --warm 0: only try")
    add("--seconds", type=int, default=3, help="length of a counted run (default 3)")
    add("--warm", type=int, default=8, help="seconds of load on each route before anything is counted (default 8)")
    add("--connections", type=int, default=64)
    add("--sluice", default="", metavar="DIR", help="unpacked distribution (default: the one the build left)")
    add("--java-opts", default="", metavar="OPTIONS", help="more options for the gateway's JVM")
    add("--list", action="store_true", help="name the policies and end")
    return parser.parse_args(argv)


class Plugins:
    """The gateway, set up once; a policy that cannot be set up or does not answer is named and left out."""

    def __init__(self, settings, site):
        self.settings = settings
        self.site = site
        self.port, self.admin = site.free_port(), site.free_port()
        self.consumers = bodies.consumers()
        self.process = None
        self.left_out = {}
        self.ratios = {}
        self.costs = {}

    def run(self):
        start_backend(self.site)
        chosen = policies.choose(policies.known(sinks.start(self.site)), names(self.settings.only))
        self.start()
        served = [policy for policy in chosen if self.attempt(policy, self.put_on)]
        self.warm_up(BARE)
        served = [policy for policy in served if self.attempt(policy, self.warm_up)]
        self.warm_up(BARE)
        for turn in range(self.settings.rounds):
            self.round([policy for policy in served if policy.name not in self.left_out], turn)
        return [policy for policy in served if policy.name not in self.left_out]

    def start(self):
        """Sets it up, and starts it again: it so finds all consumers stored, as it does in the long run."""
        self.launch()
        self.set_up()
        self.site.processes.stop(self.process)
        self.launch()
        self.put_on(BARE)

    def launch(self):
        home = os.path.abspath(self.settings.sluice) if self.settings.sluice else unpacked()
        conf = self.site.render("sluice.conf", "sluice", PORT=self.port, ADMIN=self.admin)
        argv = [os.path.join(home, "bin", "sluice"), "start", "-c", conf, "-p", self.site.folder_of("sluice/prefix")]
        env = {"JAVA_OPTS": " ".join(JVM_FLAGS + self.settings.java_opts.split()), "SLUICE_NGINX_WORKER_PROCESSES": "1"}
        self.process = self.site.start(argv, "sluice", env=env)
        await_answer(self.process, lambda: fetch(self.admin, "/")[0] == 200, START_SECONDS)

    def set_up(self):
        document = json.dumps(policies.consumers_document(self.consumers))
        status, answer = exchange(self.admin, "POST", "/config?apply=1", document, {"Content-Type": "application/json"},
                                  APPLY_SECONDS)
        if status not in (200, 201):
            raise RuntimeError(f"POST /config answered {status}: {answer[:400]!r}")
        api = AdminApi(self.admin)
        for upstream in ("bench", "bench2"):
            api.create("/upstreams", {"name": upstream})
            for target in self.site.targets:
                api.create(f"/upstreams/{upstream}/targets", {"target": f"127.0.0.1:{target}"})
        api.create("/services", {"name": "bench", "host": "bench", "protocol": "http"})
        self.tokens(api)
        api.close()

    def tokens(self, api):
        """Tokens of OAuth 2.0, one for each of a hundred consumers."""
        for name, key in self.consumers[:policies.TOKENS]:
            api.create(f"/consumers/{name}/oauth2", {"name": name, "redirect_uris": ["http://example.com"]})
            credential = json.loads(fetch(self.admin, f"/consumers/{name}/oauth2")[1])["data"][0]["id"]
            api.create("/oauth2_tokens", {"credential": {"id": credential}, "expires_in": 0, "token_type": "bearer",
                                          "access_token": "token-" + key})

    def put_on(self, policy):
        api = AdminApi(self.admin)
        try:
            route = api.create("/services/bench/routes", {"paths": [policy.path], "strip_path": True})
            for name, config in policy.plugins:
                api.create(f"/routes/{route['id']}/plugins", {"name": name, "config": config})
        finally:
            api.close()

    def attempt(self, policy, action):
        try:
            action(policy)
            return True
        except (OSError, RuntimeError) as failure:
            self.left_out[policy.name] = str(failure).splitlines()[0]
            print(f"LEFT OUT {policy.name}: {failure}", file=sys.stderr, flush=True)
            return False

    def warm_up(self, policy):
        headers = policy.requests(self.consumers)[0]
        status, answer = fetch(self.port, policy.path + bodies.path_of("small"), headers)
        if status >= 400:
            raise RuntimeError(f"{policy.path} answered {status}: {answer[:200]!r}")
        if self.settings.warm:
            self.load(policy, self.settings.warm)

    def round(self, served, turn):
        """Bare, a few policies, bare, a few more, bare: each is compared with the bare ones before and after it."""
        shift = turn * 7 % max(1, len(served))
        order = served[shift:] + served[:shift]
        before = self.cost(BARE)
        for first in range(0, len(order), BETWEEN):
            counted = []
            for policy in order[first:first + BETWEEN]:
                if self.attempt(policy, lambda each: counted.append((each.name, self.cost(each)))):
                    continue
            after = self.cost(BARE)
            for name, cost in counted:
                ratio = cost / ((before + after) / 2)
                self.ratios.setdefault(name, []).append(ratio)
                self.costs.setdefault(name, []).append(cost)
                print(f"  round {turn + 1}  {name:<32} {cost:6.1f} µs/request, ratio {ratio:.3f}", flush=True)
            before = after

    def cost(self, policy):
        """CPU µs per request of the gateway's process over one counted run."""
        before = procfs.cpu_time(self.process.pid)
        load = self.load(policy, self.settings.seconds)
        spent = procfs.cpu_time(self.process.pid) - before
        if self.process.ended() is not None:
            raise RuntimeError(f"the gateway ended: {self.process.log_tail()}")
        if load.bad_status or load.socket_errors:
            raise RuntimeError(f"{policy.name}: wrong answers: {load}")
        return spent.total * 1e6 / max(1, load.requests)

    def load(self, policy, seconds):
        requests = os.path.join(self.site.folder, "requests.txt")
        with open(requests, "w") as file:
            for headers in policy.requests(self.consumers):
                file.write("\t".join(f"{name}: {value}" for name, value in headers.items()) + "\n")
        path = policy.path + bodies.path_of("small")
        return Wrk(self.site.load_core).run(self.port, path, self.settings.connections, seconds, requests=requests)


def names(text):
    return [name.strip() for name in text.split(";") if name.strip()]


def table(plugins, served):
    lines = ["| policy | CPU of no plugin (min–max) | CPU µs/request | remark |", "|---|--:|--:|---|"]
    counted = [policy for policy in served if policy.name in plugins.ratios]
    for policy in sorted(counted, key=lambda each: statistics.median(plugins.ratios[each.name])):
        ratios, costs = plugins.ratios[policy.name], plugins.costs[policy.name]
        lines.append(f"| {policy.name} | {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) "
                     f"| {statistics.median(costs):.1f} | {policy.remark} |")
    lines += ["", *(f"- left out: {name}: {reason}" for name, reason in plugins.left_out.items())]
    return "\n".join(lines)


def main(argv):
    settings = options(argv)
    if settings.list:
        print("\n".join(policy.name for policy in policies.known(sinks.NOWHERE)))
        return 0
    try:
        policies.choose(policies.known(sinks.NOWHERE), names(settings.only))
    except ValueError as failure:
        print(failure, file=sys.stderr)
        return 2
    for program in ("nginx", "wrk", "java"):
        if not find(program):
            print(f"{program} is needed", file=sys.stderr)
            return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    cores = machine.pick_cores()
    scratch = os.path.join(HOME, "run")
    os.makedirs(scratch, exist_ok=True)
    folder = tempfile.mkdtemp(prefix=time.strftime("plugins-%Y%m%d-%H%M%S-"), dir=scratch)
    with Processes(0) as processes:
        plugins = Plugins(settings, Site(folder, *cores, processes))
        os.sched_setaffinity(0, {cores[0]})
        served = plugins.run()
    print("\n" + table(plugins, served))
    if plugins.left_out:
        print(f"logs and configurations: {folder}", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
