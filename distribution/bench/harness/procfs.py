"""What the kernel's /proc tells about processes and cores."""
import os
from dataclasses import dataclass

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
EVENT_LOOP = "vert.x-eventloo"
IDLE_SHARE = 0.01


@dataclass(frozen=True)
class CpuTime:
    """Seconds of CPU, in user code and in the kernel on its behalf."""

    user: float
    system: float

    @property
    def total(self):
        return self.user + self.system

    def __add__(self, other):
        return CpuTime(self.user + other.user, self.system + other.system)

    def __sub__(self, other):
        return CpuTime(self.user - other.user, self.system - other.system)


def stat_fields(text):
    """The fields of a /proc/PID/stat line from the third ("state") on: the name before may hold spaces and brackets."""
    return text[text.rindex(")") + 1:].split()


def parent_of(text):
    return int(stat_fields(text)[1])


def cpu_of(text):
    """CPU time of a process plus that of its ended children: the sum over a family never falls when a child ends."""
    user, system, child_user, child_system = (int(field) for field in stat_fields(text)[11:15])
    return CpuTime((user + child_user) / TICKS_PER_SECOND, (system + child_system) / TICKS_PER_SECOND)


def read(path):
    """The file's text, or "" where the process is gone."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def family(root):
    """The stat lines of a process and all its descendants, by pid."""
    stats = {int(name): read(f"/proc/{name}/stat") for name in os.listdir("/proc") if name.isdigit()}
    children = {}
    for pid, text in stats.items():
        if text:
            children.setdefault(parent_of(text), []).append(pid)
    found, waiting = {}, [root]
    while waiting:
        pid = waiting.pop()
        if stats.get(pid):
            found[pid] = stats[pid]
            waiting.extend(children.get(pid, []))
    return found


def cpu_time(root):
    """CPU time of a process and its descendants so far."""
    return sum((cpu_of(text) for text in family(root).values()), CpuTime(0.0, 0.0))


def memory(root):
    """MiB resident in a process and its descendants: (as each counts, shared pages counted once)."""
    totals = {"Rss:": 0, "Pss:": 0}
    for pid in family(root):
        for line in read(f"/proc/{pid}/smaps_rollup").splitlines():
            words = line.split()
            if words[0] in totals:
                totals[words[0]] += int(words[1])
    return totals["Rss:"] / 1024, totals["Pss:"] / 1024


def threads(pid):
    """(name, seconds of CPU) of every thread of a process, by thread id; the kernel keeps 15 letters of a name."""
    found = {}
    for tid in entries(f"/proc/{pid}/task"):
        text = read(f"/proc/{pid}/task/{tid}/stat")
        if text:
            own = [int(field) for field in stat_fields(text)[11:13]]
            found[tid] = text[text.index("(") + 1:text.rindex(")")], sum(own) / TICKS_PER_SECOND
    return found


def entries(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


def worked(before, after):
    """(name, seconds) of each thread between two readings, the busiest first."""
    spent = [(name, seconds - before.get(tid, (name, 0.0))[1]) for tid, (name, seconds) in after.items()]
    return sorted(spent, key=lambda thread: -thread[1])


def loop_shares(spent):
    """What part of the event loops' work each of them did, the busiest first; those that did next to nothing are left out."""
    loops = [seconds for name, seconds in spent if name.startswith(EVENT_LOOP)]
    total = sum(loops)
    return [round(seconds / total, 3) for seconds in loops if total and seconds / total >= IDLE_SHARE]


def busy_time(cores):
    """Seconds these cores have spent on anything but idling, and seconds a hypervisor kept them from us."""
    names, totals = {f"cpu{core}" for core in cores}, [0, 0]
    for line in read("/proc/stat").splitlines():
        words = line.split()
        if words and words[0] in names:
            user, nice, system, _, _, irq, softirq, steal = (int(word) for word in words[1:9])
            totals[0] += user + nice + system + irq + softirq + steal
            totals[1] += steal
    return totals[0] / TICKS_PER_SECOND, totals[1] / TICKS_PER_SECOND
