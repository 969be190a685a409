"""Processes of a run: pinned, logged, and all of them ended when the run ends."""
import ctypes
import os
import signal
import subprocess
import time

from . import procfs

PATIENCE_SECONDS = 15
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Process:
    """A running program on one core, or on several; its output goes to a log file."""

    def __init__(self, argv, core, log, nice=0, env=None, cwd=None):
        self.log = log
        self.started_at = time.monotonic()
        with open(log, "ab") as sink:
            self.popen = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT, cwd=cwd,
                env={**os.environ, **(env or {})}, start_new_session=True, preexec_fn=lambda: settle(core, nice))

    @property
    def pid(self):
        return self.popen.pid

    def ended(self):
        """The exit code, or None while it runs."""
        return self.popen.poll()

    def age(self):
        return time.monotonic() - self.started_at

    def stop(self):
        """Asks it to end, and makes what is left of its family end when it does not."""
        if self.ended() is None:
            family = procfs.family(self.pid)
            self.popen.terminate()
            try:
                self.popen.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                for pid in family:
                    kill(pid)
                self.popen.wait()

    def log_tail(self, lines=6):
        return "\n".join(procfs.read(self.log).splitlines()[-lines:])


class Processes:
    """Starts processes and remembers them; leaving the context stops every one, youngest first."""

    def __init__(self, nice=0):
        self.nice = nice
        self.running = []

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        while self.running:
            self.running.pop().stop()

    def start(self, argv, core, log, env=None, cwd=None):
        process = Process(argv, core, log, self.nice, env, cwd)
        self.running.append(process)
        return process

    def stop(self, process):
        process.stop()
        if process in self.running:
            self.running.remove(process)


def run(argv, core, nice, patience, env=None):
    """Runs a program to its end, pinned, and gives its code and its output; one that takes longer is ended."""
    popen = subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env,
        start_new_session=True, preexec_fn=lambda: settle(core, nice))
    try:
        text, _ = popen.communicate(timeout=patience)
    finally:
        if popen.poll() is None:
            kill(popen.pid)
            popen.wait()
    return popen.returncode, text


def settle(core, nice):
    """Runs in the child before its program: pins it to a core or to several, and ties its life to the harness's own."""
    os.sched_setaffinity(0, {core} if isinstance(core, int) else core)
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if nice:
        os.setpriority(os.PRIO_PROCESS, 0, nice)
        weigh_session(nice)


def weigh_session(nice):
    """Where the kernel groups tasks by session, niceness only counts inside of one; this weighs the session itself."""
    try:
        with open("/proc/self/autogroup", "w") as file:
            file.write(str(nice))
    except OSError:
        pass


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
