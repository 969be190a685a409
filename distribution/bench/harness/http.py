"""Single requests of the harness itself: probes through a gateway and calls of an Admin API."""
import http.client
import json

TIMEOUT_SECONDS = 10


def fetch(port, path, headers=None, timeout=TIMEOUT_SECONDS):
    """Status and body of a GET."""
    return exchange(port, "GET", path, None, headers, timeout)


def exchange(port, method, path, body, headers=None, timeout=TIMEOUT_SECONDS):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body, {"Connection": "close", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class AdminApi:
    """Creates entities over one kept connection; anything but 201 is an error."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)

    def create(self, path, entity):
        self.connection.request("POST", path, json.dumps(entity), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.status != 201:
            raise RuntimeError(f"POST {path} answered {answer.status}: {text[:300]}")
        return json.loads(text)

    def close(self):
        self.connection.close()
