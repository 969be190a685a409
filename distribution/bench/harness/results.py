"""Questions put to the outcome of a run: the one dict that the JSON file holds."""
from statistics import median


def errors_of(run):
    """How many answers of a counted run were wrong; a run without any answer is wrong as well."""
    return run["bad_status"] + run["socket_errors"] + run["short"] + (0 if run["requests"] else 1)


def scenarios(outcome):
    """The scenarios that were run, in their order."""
    return list(dict.fromkeys(run["scenario"] for run in outcome["runs"]))


def by_candidate(outcome, scenario):
    """The runs of a scenario by candidate; those that fell out on the way come last."""
    runs = [run for run in outcome["runs"] if run["scenario"] == scenario]
    names = [candidate["name"] for candidate in outcome["candidates"]] + [run["candidate"] for run in runs]
    grouped = {name: [run for run in runs if run["candidate"] == name] for name in dict.fromkeys(names)}
    return {name: found for name, found in grouped.items() if found}


def middle(runs, key):
    return median(run[key] for run in runs)


def direct(outcome):
    """The names of the rows without a gateway."""
    return {candidate["name"] for candidate in outcome["candidates"] if not candidate["proxies"]}
