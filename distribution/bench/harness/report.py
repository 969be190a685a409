"""The report of a run: tables in Markdown, printed and written, beside the JSON of all runs and the plot."""
import json
import os
from statistics import median

from . import plot, sections
from .results import by_candidate, direct, errors_of, middle, scenarios
from .sections import number, spread
from .summary import summary

FULL_CORE = 0.9


def load(path):
    with open(path) as file:
        return json.load(file)


def write(outcome, json_path):
    """Writes the JSON, and the .md and .svg of the same name; prints the tables."""
    stem = os.path.splitext(json_path)[0]
    picture = os.path.basename(stem) + ".svg"
    text = markdown(outcome)
    with open(json_path, "w") as file:
        json.dump(outcome, file, indent=1)
    with open(stem + ".svg", "w") as file:
        file.write(plot.svg(outcome))
    with open(stem + ".md", "w") as file:
        file.write(text + f"\n![CPU time per request]({picture})\n")
    print("\n" + text)
    print(f"written: {stem}.json, .md and .svg")


def say(text):
    print(text, flush=True)


def progress(run):
    """A line about a run that has just ended."""
    wrong = errors_of(run) + run["timeouts"]
    return (f"  {run['scenario']:<11} round {run['round']}  {run['candidate']:<16} "
            f"{number(run['cpu_us']):>7} µs/request {run['rate']:>8,.0f}/s  core {run['own_share']:.0%} + others {run['other_share']:.0%}"
            + (f"  ERRORS {wrong}" if wrong else ""))


def markdown(outcome):
    lines = [f"# CPU time per request, {outcome['when']}", ""]
    lines += [f"- {name}: {value}" for name, value in outcome["machine"].items()]
    settings = outcome["settings"]
    lines.append(f"- cores: load and backend on {outcome['cores'][0]}, candidate on {outcome['cores'][1]}; "
                 f"{settings['rounds']} rounds of {settings['seconds']} s, niceness {settings['nice']}")
    lines += [f"- **{warning}**" for warning in outcome["warnings"]]
    lines += [f"- skipped: {name} ({reason})" for name, reason in outcome["skipped"].items()]
    lines += [f"- **ERROR** {first_line(error)}" for error in outcome["errors"]]
    lines += summary(outcome)
    for scenario in scenarios(outcome):
        lines += ["", f"## {scenario}", ""] + table(outcome, scenario)
    return "\n".join(lines + sections.all_of(outcome) + [""] + starts(outcome) + [""])


def table(outcome, scenario):
    rows = by_candidate(outcome, scenario)
    base = outcome["settings"]["base"]
    besides = {candidate["name"]: candidate.get("beside") for candidate in outcome["candidates"]}
    added = any(besides.get(name) in rows for name in rows)
    lines = [f"| candidate | CPU µs/request (min–max) | ratio to {base} | {'ratio to its plain form | ' if added else ''}"
             "user + system µs | requests/s (min–max) | p50 µs | p99 µs | its core: own + others % | errors | remark |",
             f"|---|--:|--:|{'--:|' if added else ''}--:|--:|--:|--:|--:|--:|---|"]
    for name, runs in rows.items():
        without = name in direct(outcome)
        wrong = sum(errors_of(run) + run["timeouts"] for run in runs)
        ratio = "–" if without else against(runs, rows.get(base))
        plain = f"{against(runs, rows.get(besides.get(name)))} | " if added else ""
        lines.append(
            f"| {name} | {spread([run['cpu_us'] for run in runs], number)} | {ratio} | {plain}"
            f"{number(middle(runs, 'user_us'))} + {number(middle(runs, 'system_us'))} "
            f"| {spread([run['rate'] for run in runs], number)} "
            f"| {latency(runs, 'p50_us')} | {latency(runs, 'p99_us')} "
            f"| {middle(runs, 'own_share') * 100:.0f} + {middle(runs, 'other_share') * 100:.0f} | {wrong} "
            f"| {remark(runs, without, scenario)} |")
    return lines


def latency(runs, key):
    return f"{middle(runs, key):,.0f}" if middle(runs, key) else "–"


def against(runs, others):
    """The ratio of two medians of CPU time, where there is something to compare with."""
    return f"{middle(runs, 'cpu_us') / middle(others, 'cpu_us'):.2f}" if others and middle(others, "cpu_us") else "–"


def remark(runs, without, scenario):
    if without:
        return "no gateway; CPU is the backend's"
    shares = next((run["loops"] for run in runs if run.get("loops")), [])
    if shares:
        return "CPU of its event loops " + " : ".join(f"{share:.0%}" for share in shares)
    own, other = middle(runs, "own_share"), middle(runs, "other_share")
    if own >= FULL_CORE or scenario.endswith("-c1"):
        return ""
    return "shared its core" if own + other >= FULL_CORE else "not the bottleneck"


def starts(outcome):
    if not outcome["candidates"]:
        return []
    lines = ["## Start and memory", "",
             "| candidate | first proxied 200 after s (min–max) | RSS MiB after load | PSS MiB | version |",
             "|---|--:|--:|--:|---|"]
    for candidate in outcome["candidates"]:
        if candidate["proxies"]:
            lines.append(f"| {candidate['name']} | {spread(candidate['starts'], '{:.2f}'.format)} "
                         f"| {candidate['rss_mib']:.0f} | {candidate['pss_mib']:.0f} | {candidate['version']} |")
    return lines


def row(part, found):
    """A line about a row of a part that has just been measured."""
    return sections.line(part, found)


def first_line(text):
    return text.splitlines()[0] if text else ""
