"""The report's first table: one line for each question that a run answers."""
from statistics import median

from .results import by_candidate, middle, scenarios
from .sections import table

GATEWAY = "sluice"


def summary(outcome):
    """Heading and table, or nothing where no line can be filled in."""
    lines = [*costs(outcome), *latencies(outcome), *additions(outcome), *beside(outcome)]
    return ["", "## In short", "", *table(["", "figure"], [list(line) for line in lines])] if lines else []


def costs(outcome):
    """CPU time per request, as a multiple of the base's."""
    base = outcome["settings"]["base"]
    for scenario in scenarios(outcome):
        rows = by_candidate(outcome, scenario)
        for name in (GATEWAY, "haproxy", "vertx-pipe", "scg"):
            if name != base and name in rows and base in rows and middle(rows[base], "cpu_us"):
                yield f"CPU per request, {scenario}: {name} / {base}", times(rows[name], rows[base], "cpu_us")


def latencies(outcome):
    for scenario in scenarios(outcome):
        rows = by_candidate(outcome, scenario)
        if GATEWAY in rows and middle(rows[GATEWAY], "p50_us"):
            yield (f"p50 / p99, {scenario}: {GATEWAY}",
                   f"{middle(rows[GATEWAY], 'p50_us') / 1000:.2f} / {middle(rows[GATEWAY], 'p99_us') / 1000:.2f} ms")


def additions(outcome):
    """What a candidate costs that is another one with something added."""
    for scenario in scenarios(outcome):
        rows = by_candidate(outcome, scenario)
        for candidate in outcome["candidates"]:
            name, plain = candidate["name"], candidate.get("beside")
            if name in rows and plain in rows and middle(rows[plain], "cpu_us"):
                yield f"CPU per request, {scenario}: {name} / {plain}", times(rows[name], rows[plain], "cpu_us")
                if rows[name][0].get("loops"):
                    yield f"requests/s, {scenario}: {name} / {plain}", times(rows[name], rows[plain], "rate")


def times(runs, others, key):
    return f"{middle(runs, key) / middle(others, key):.2f}"


def beside(outcome):
    """The parts that are not rounds; a report of an earlier version has none of them."""
    for row in outcome.get("allocation", []):
        if row["loop_bytes"] is not None:
            yield f"bytes allocated per request, {row['scenario']}: {row['candidate']}", f"{row['loop_bytes']:,.0f}"
    for row in outcome.get("syscalls", []):
        yield f"system calls per request, {row['scenario']}: {row['candidate']}", f"{sum(row['calls'].values()):.2f}"
    for row in outcome.get("changes", []):
        yield (f"p99 beside route writes / without, {row['mode']}, {row['scenario']}: {row['candidate']}",
               f"{row['busy']['p99_us'] / max(1, row['quiet']['p99_us']):.2f}, {row['errors']} errors")
    for row in outcome.get("start", []):
        yield f"start to first proxied 200, default settings: {row['what']}", f"{median(row['seconds']):.2f} s"
    for row in outcome.get("memory", []):
        yield f"RSS, default settings: {row['what']}", f"{row['rss_mib']:.1f} MiB"
