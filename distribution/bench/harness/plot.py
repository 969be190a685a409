"""The bar plot of a run, drawn as SVG by hand: a bar is a median, the line over it goes from the least to the most."""
from html import escape
from statistics import median

from .results import by_candidate, direct, scenarios

WIDTH, LEFT, RIGHT = 900, 230, 130
BAR, GAP, HEAD, FOOT = 18, 8, 40, 30
SLUICE, PEER, WHISKER, TEXT, GRID = "#0b7285", "#adb5bd", "#343a40", "#212529", "#dee2e6"


def svg(outcome):
    """CPU µs per request by candidate, one panel a scenario; rows without a gateway are left out."""
    hidden = direct(outcome)
    parts, top = [], 0
    for scenario in scenarios(outcome):
        rows = {name: [run["cpu_us"] for run in runs]
                for name, runs in by_candidate(outcome, scenario).items() if name not in hidden}
        if rows:
            parts += panel(scenario, rows, outcome["settings"]["base"], top)
            top += HEAD + len(rows) * (BAR + GAP) + FOOT
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top or HEAD}" font-family="sans-serif" '
        f'font-size="13" fill="{TEXT}">', '<rect width="100%" height="100%" fill="#ffffff"/>', *parts, "</svg>", ""])


def panel(scenario, rows, base, top):
    most = max(max(values) for values in rows.values())
    tick = step(most)
    scale = (WIDTH - LEFT - RIGHT) / most if most else 0
    bottom = top + HEAD + len(rows) * (BAR + GAP)
    parts = [f'<text x="12" y="{top + 24}" font-size="15" font-weight="bold">{escape(scenario)}: '
             'CPU µs per request</text>']
    value = 0
    while value <= most:
        x = LEFT + value * scale
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top + HEAD - 4}" y2="{bottom}" stroke="{GRID}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 14}" font-size="11" text-anchor="middle">{value:g}</text>')
        value += tick
    for place, (name, values) in enumerate(rows.items()):
        parts += bar(name, values, rows.get(base), scale, top + HEAD + place * (BAR + GAP))
    return parts


def bar(name, values, base, scale, y):
    middle, low, high = median(values), LEFT + min(values) * scale, LEFT + max(values) * scale
    ratio = f" ({middle / median(base):.2f}×)" if base and median(base) else ""
    colour = SLUICE if name.startswith("sluice") else PEER
    centre = y + BAR / 2
    return [
        f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>',
        f'<rect x="{LEFT}" y="{y}" width="{middle * scale:.1f}" height="{BAR}" fill="{colour}"/>',
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{centre}" y2="{centre}" stroke="{WHISKER}" stroke-width="2"/>',
        f'<text x="{high + 8:.1f}" y="{y + 14}">{middle:.1f}{ratio}</text>']


def step(most):
    """A round distance of grid lines that gives about five of them."""
    size = 1
    while size * 10 <= most / 5:
        size *= 10
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= most / 6)
