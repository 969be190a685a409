"""What the backend answers and which keys the consumers have: fixed, so that answers can be compared byte by byte."""
import hashlib

CONSUMERS = 1000

SMALL = '{"id":1042,"state":"ready","labels":["alpha","beta"],"text":"' + "small answer ".ljust(41, ".") + '"}'
BIG_TENTH = ("ten thousand bytes of text which no cache on the way may shorten; " * 16)[:1000]

BODIES = {"small": SMALL.encode(), "big": BIG_TENTH.encode() * 10}


def path_of(body):
    return "/api/" + body


def consumers():
    """(username, key) of every consumer."""
    return [(f"bench-{number:04}", hashlib.sha256(b"bench-key-%d" % number).hexdigest()[:32])
            for number in range(CONSUMERS)]
