"""Checks that a candidate answers, and that what it answers is right."""
import http.client
import time

from . import bodies
from .http import exchange, fetch

POLL_SECONDS = 0.002


def await_answer(process, answered, patience):
    """Polls until the condition holds; an error once the process has ended or the patience has."""
    deadline = time.monotonic() + patience
    while True:
        try:
            if answered():
                return
        except (OSError, http.client.HTTPException):
            pass  # not listening yet
        if process.ended() is not None:
            raise RuntimeError(f"ended with code {process.ended()}: {process.log_tail()}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"no right answer within {patience} s: {process.log_tail()}")
        time.sleep(POLL_SECONDS)


def headers_of(candidate):
    return {"apikey": bodies.consumers()[0][1]} if candidate.keyed else {}


def answers(candidate, port, body):
    """Whether the path gives 200 and exactly the backend's bytes; used to find out when a start is over."""
    status, received = fetch(port, candidate.paths(body)[0], headers_of(candidate), timeout=2)
    return status == 200 and received == bodies.BODIES[body]


def fault(candidate, port, body, posted=None, trust=None):
    """What is wrong with an answer, or None; a keyed candidate also has to refuse a request without a key."""
    expected = bodies.BODIES[body]
    method = "POST" if posted else "GET"
    for path in candidate.paths(body):
        try:
            status, received = exchange(port, method, path, posted, headers_of(candidate), trust=trust)
            if status != 200:
                return f"{path} answered {status}"
            if received != expected:
                return f"{path} gave {len(received)} bytes which are not the backend's {len(expected)}"
            if candidate.keyed:
                status, _ = exchange(port, method, path, posted, trust=trust)
                if status != 401:
                    return f"{path} without a key answered {status}, not 401"
        except (OSError, http.client.HTTPException) as failure:
            return f"{path}: {failure!r}"
    return None
