"""What the backend answers and which keys the consumers have: fixed, so that answers can be compared byte by byte."""
import hashlib
import os

CONSUMERS = 1000

SMALL = '{"id":1042,"state":"ready","labels":["alpha","beta"],"text":"' + "small answer ".ljust(41, ".") + '"}'
BIG_TENTH = ("ten thousand bytes of text which no cache on the way may shorten; " * 16)[:1000]
# As files, since nginx makes up no answers of this length in memory.
FILED = {"100k": BIG_TENTH.encode() * 100, "1m": BIG_TENTH.encode() * 1000}

BODIES = {"small": SMALL.encode(), "big": BIG_TENTH.encode() * 10, **FILED, "post": SMALL.encode()}


def path_of(body, prefix="/api"):
    return f"{prefix}/{body}"


def write_files(folder):
    """Leaves the long bodies for the backend to serve."""
    for name, body in FILED.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(body)


def consumers():
    """(username, key) of every consumer."""
    return [(f"bench-{number:04}", hashlib.sha256(b"bench-key-%d" % number).hexdigest()[:32])
            for number in range(CONSUMERS)]
