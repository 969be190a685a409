"""Single requests of the harness itself: probes through a gateway and calls of an Admin API."""
import http.client
import json
import socket

TIMEOUT_SECONDS = 10


def fetch(port, path, headers=None, timeout=TIMEOUT_SECONDS):
    """Status and body of a GET."""
    return exchange(port, "GET", path, None, headers, timeout)


def exchange(port, method, path, body, headers=None, timeout=TIMEOUT_SECONDS, trust=None):
    """Status and body of any request; with TLS where a context is given that says whom to trust."""
    connection = (http.client.HTTPSConnection("127.0.0.1", port, timeout=timeout, context=trust) if trust
                  else http.client.HTTPConnection("127.0.0.1", port, timeout=timeout))
    try:
        connection.request(method, path, body, {"Connection": "close", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class Kept:
    """A connection that is kept, for calls beside a load: on the load's own core, the fewer cycles each of them takes the better."""

    def __init__(self, port, timeout=TIMEOUT_SECONDS):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def exchange(self, method, path, body=b""):
        """Status and body; an answer of which the length is not told is an error."""
        kind = "Content-Type: application/json\r\n" if body else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{kind}Content-Length: {len(body)}\r\n\r\n"
        self.socket.sendall(head.encode() + body)
        read = bytearray()
        while (end := read.find(b"\r\n\r\n")) < 0:
            read += self.receive()
        lines = bytes(read[:end]).lower().split(b"\r\n")
        told = [int(line[15:]) for line in lines if line.startswith(b"content-length:")]
        status = int(lines[0][9:12])
        if not told and status != 204:
            raise RuntimeError(f"{method} {path} answered {status} without a length")
        del read[:end + 4]
        while len(read) < sum(told):
            read += self.receive()
        return status, bytes(read)

    def receive(self):
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the gateway has closed the connection")
        return part

    def close(self):
        self.socket.close()


class AdminApi:
    """Writes entities over one kept connection; a status other than the one expected is an error."""

    def __init__(self, port):
        self.connection = Kept(port)

    def create(self, path, entity):
        return self.call("POST", path, entity, 201)

    def call(self, method, path, entity, expected):
        """The entity that is answered; none where the answer is empty. Any other status is an error."""
        status, body = self.connection.exchange(method, path, b"" if entity is None else json.dumps(entity).encode())
        if status != expected:
            raise RuntimeError(f"{method} {path} answered {status}: {body.decode(errors='replace')[:300]}")
        return json.loads(body) if body else {}

    def close(self):
        self.connection.close()
