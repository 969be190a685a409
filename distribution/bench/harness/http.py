"""Single requests of the harness itself: probes through a gateway and calls of an Admin API."""
import http.client
import json

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


class AdminApi:
    """Writes entities over one kept connection; a status other than the one expected is an error."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)

    def create(self, path, entity):
        return self.call("POST", path, entity, 201)

    def call(self, method, path, entity, expected):
        """The entity that is answered; none where the answer is empty. Any other status is an error."""
        body = None if entity is None else json.dumps(entity)
        self.connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.status != expected:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {text[:300]}")
        return json.loads(text) if text else {}

    def close(self):
        self.connection.close()
