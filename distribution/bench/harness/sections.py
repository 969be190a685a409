"""The tables of what is measured beside the rounds: rows of the outcome as Markdown."""
from statistics import median


def spread(values, show):
    """The median, and the least and the most where they tell more."""
    text = show(median(values))
    return text if len(values) == 1 else f"{text} ({show(min(values))}–{show(max(values))})"


def number(value):
    return f"{value:.1f}" if value < 1000 else f"{value:,.0f}"


def table(head, rows):
    """A Markdown table; the columns after the first are numbers unless their heading ends in a colon."""
    marks = ["---"] + ["---" if title.endswith(":") else "--:" for title in head[1:]]
    lines = [[title.rstrip(":") for title in head], marks, *rows]
    return ["| " + " | ".join(line) + " |" if line is not marks else "|" + "|".join(line) + "|" for line in lines]


def all_of(outcome):
    """Headings and tables of whatever the outcome holds."""
    lines = []
    for part, section in SECTIONS.items():
        rows = outcome.get(part)
        if rows:
            lines += ["", *section(rows)]
    return lines


def start(rows):
    return ["## Start at default settings", "", "From the start of the process to the first right answer through it, on all cores.", "",
            *table(["candidate", "first proxied 200 after s: median (min–max)"],
                   [[row["what"], spread(row["seconds"], "{:.2f}".format)] for row in rows])]


def memory(rows):
    return ["## Memory of Sluice at default settings", "", "No options of the JVM, as many event loops as it takes by itself. Live heap is what a full "
            "collection leaves; the rows \"per\" are differences after such a collection.", "",
            *table(["", "RSS MiB", "live heap MiB"],
                   [[row["what"], f"{row['rss_mib']:.1f}", f"{row['live_mib']:.1f}"] for row in rows])]


def allocation(rows):
    return ["## Allocation", "",
            *table(["candidate", "scenario:", "bytes/request, event loops", "± bytes", "bytes/request, other threads",
                    "user + system µs", "requests"],
                   [[row["candidate"], row["scenario"],
                     "too many to tell" if row["loop_bytes"] is None else f"{row['loop_bytes']:,.0f}",
                     number(row["grain_bytes"]), number(row["other_bytes"]),
                     f"{number(row['user_us'])} + {number(row['system_us'])}", f"{row['requests']:,}"] for row in rows])]


def changes(rows):
    head = ["candidate", "load:", "p99 ms quiet", "p99 ms busy", "ratio", "p99 ms, first writes", "p50 ms quiet", "p50 ms busy", "requests/s quiet",
            "requests/s busy", "writes/s", "write ms: median", "write ms: slowest", "errors", "late"]
    return ["## While routes change", "", *table(head, [change(row) for row in rows])]


def change(row):
    quiet, busy = row["quiet"], row["busy"]
    return [row["candidate"], f"{row['mode']}, {row['scenario']}", ms(quiet["p99_us"]), ms(busy["p99_us"]),
            f"{busy['p99_us'] / max(1, quiet['p99_us']):.2f}", ms(row["first"]["p99_us"]), ms(quiet["p50_us"]), ms(busy["p50_us"]),
            number(quiet["rate"]), number(busy["rate"]), f"{row['writes_per_second']:.1f}", f"{row['write_ms']:.1f}",
            f"{row['slowest_write_ms']:.1f}", str(row["errors"]), str(row["late"])]


def ms(us):
    return f"{us / 1000:.2f}"


def syscalls(rows):
    return ["## System calls", "", "Of a JVM, those of its event loops.", "",
            *table(["candidate", "scenario:", "calls/request", "requests", "most of them:"],
                   [[row["candidate"], row["scenario"], f"{sum(row['calls'].values()):.2f}", f"{row['requests']:,}",
                      most(row["calls"])]
                    for row in rows])]


def most(calls):
    shown = sorted(((count, name) for name, count in calls.items() if count >= SELDOM), reverse=True)
    return ", ".join(f"{name} {count:.2f}" for count, name in shown)


def line(part, row):
    """A row as one line of progress."""
    return "  " + SECTIONS[part]([row])[-1].strip("| ")


SELDOM = 0.02
SECTIONS = dict(start=start, memory=memory, allocation=allocation, changes=changes, syscalls=syscalls)
