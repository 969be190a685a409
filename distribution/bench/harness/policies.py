"""The policies whose price is asked for: what is put on a route, and what its requests must carry."""
import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from email.utils import formatdate
from typing import Callable, Tuple

from . import bodies

NO_PLUGIN = "no plugin"
PLENTY = 1_000_000_000
TOKENS = 100
GROUP = "readers"
SESSION_SECRET = "a secret of the benchmark, nothing more"


def nothing(_consumers):
    return [{}]


def keys(consumers):
    return [{"apikey": key} for _, key in consumers]


def basic(consumers):
    return [{"Authorization": "Basic " + base64.b64encode(f"{name}:{key}".encode()).decode()}
            for name, key in consumers]


def bearer(consumers):
    return [{"Authorization": "Bearer token-" + key} for _, key in consumers[:TOKENS]]


def tokens(consumers):
    return [{"Authorization": "Bearer " + token(key)} for _, key in consumers]


def token(key):
    """A JWT of HS256; its issuer and its secret are a consumer's key."""
    signed = encoded({"alg": "HS256", "typ": "JWT"}) + "." + encoded({"iss": key})
    return signed + "." + unpadded(hmac.new(key.encode(), signed.encode(), hashlib.sha256).digest())


def encoded(part):
    return unpadded(json.dumps(part, separators=(",", ":")).encode())


def unpadded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def signatures(consumers):
    """Signed dates; they are good for five minutes, so they are made anew before each load."""
    date = formatdate(usegmt=True)
    found = []
    for name, key in consumers:
        digest = base64.b64encode(hmac.new(key.encode(), f"date: {date}".encode(), hashlib.sha256).digest()).decode()
        found.append({"Date": date, "Authorization": f'hmac username="{name}", algorithm="hmac-sha256", '
                                                     f'headers="date", signature="{digest}"'})
    return found


def trace(_consumers):
    return [{"traceparent": f"00-{number:032x}-{number:016x}-01"} for number in range(1, 101)]


def browser(_consumers):
    return [{"Origin": "http://example.com", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0"}]


@dataclass(frozen=True)
class Policy:
    """One row: plugins (name, config) on a route of their own, and the headers of requests that pass them."""

    name: str
    plugins: Tuple[Tuple[str, dict], ...]
    requests: Callable = nothing
    remark: str = ""

    @property
    def path(self):
        return "/" + "".join(letter if letter.isalnum() else "-" for letter in self.name)


def one(name, requests=nothing, remark="", **config):
    return Policy(name, ((name, config),), requests, remark)


def known(sinks):
    """Every policy; the sinks are where loggers send to."""
    http = f"http://127.0.0.1:{sinks.http}/"
    limiting = ("rate-limiting", {"minute": PLENTY, "policy": "local"})
    return [
        one("key-auth", keys),
        one("rate-limiting", minute=PLENTY, policy="local", limit_by="ip"),
        Policy("key-auth + rate-limiting", (("key-auth", {}), limiting), keys, "per consumer, 1,000 of them"),
        one("basic-auth", basic),
        one("jwt", tokens, "HS256"),
        one("hmac-auth", signatures, "hmac-sha256 over the date"),
        one("oauth2", bearer, "a token from the store", enable_client_credentials=True, global_credentials=True),
        Policy("key-auth + acl", (("key-auth", {}), ("acl", {"allow": [GROUP]})), keys),
        Policy("key-auth + session", (("key-auth", {}), ("session", {"secret": SESSION_SECRET})), keys,
               "each answer begins a session"),
        one("ip-restriction", allow=["127.0.0.0/8", "10.0.0.0/8"]),
        one("bot-detection", browser, deny=["evil-crawler"]),
        one("cors", browser, origins=["http://example.com"]),
        one("response-ratelimiting", limits={"sms": {"minute": PLENTY}}, limit_by="ip"),
        one("request-size-limiting", allowed_payload_size=8),
        one("proxy-cache", remark="hits", strategy="memory", content_type=["application/json"], cache_ttl=3600),
        one("request-termination", remark="answers itself", status_code=200, content_type="application/json",
            body=bodies.SMALL),
        one("redirect", remark="answers itself", location="http://example.com/", status_code=302),
        one("exit-transformer", functions=["return function(status, body, headers) return status, body, headers end"]),
        one("request-transformer", add={"headers": ["X-Bench:one"], "querystring": ["bench:1"]},
            remove={"headers": ["X-Gone"]}),
        Policy("request-transformer, template",
               (("request-transformer", {"add": {"headers": ["X-Host:$(headers.host)"]}}),)),
        one("response-transformer", add={"headers": ["X-Bench:one"]}, remove={"headers": ["X-Gone"]}),
        Policy("response-transformer, JSON", (("response-transformer", {"add": {"json": ["bench:one"]}}),),
               remark="of the body"),
        one("correlation-id", header_name="X-Request-Id", generator="uuid#counter", echo_downstream=True),
        one("prometheus", status_code_metrics=True, latency_metrics=True, bandwidth_metrics=True,
            upstream_health_metrics=False),
        one("opentelemetry", trace, "every request is sampled", traces_endpoint=http + "v1/traces"),
        one("zipkin", trace, "every request is sampled, a span a call",
            http_endpoint=http + "api/v2/spans", sample_ratio=1),
        Policy("zipkin, by 100", (("zipkin", {"http_endpoint": http + "api/v2/spans", "sample_ratio": 1,
                                              "queue": {"max_batch_size": 100}}),), trace),
        one("file-log", path=sinks.file),
        one("http-log", remark="an entry a call", http_endpoint=http),
        Policy("http-log, by 100", (("http-log", {"http_endpoint": http, "queue": {"max_batch_size": 100}}),)),
        one("tcp-log", host="127.0.0.1", port=sinks.tcp),
        one("udp-log", host="127.0.0.1", port=sinks.udp),
        one("syslog", log_level="info"),
        one("loggly", key="bench", host="127.0.0.1", port=sinks.udp),
        one("statsd", remark="a datagram a metric", host="127.0.0.1", port=sinks.udp),
        Policy("statsd, in packets",
               (("statsd", {"host": "127.0.0.1", "port": sinks.udp, "udp_packet_size": 1400}),)),
        one("datadog", remark="a datagram a metric", host="127.0.0.1", port=sinks.udp),
        one("pre-function", access=["kong.service.request.set_header('X-Bench', 'one')"]),
        one("post-function", access=["kong.service.request.set_header('X-Bench', 'one')"]),
        one("canary", upstream_host="bench", percentage=10, hash="none"),
        one("blue-green", blue="bench", green="bench2"),
    ]


def consumers_document(consumers):
    """All consumers with a credential of each kind, as one declarative configuration."""
    return {
        "_format_version": "3.0",
        "consumers": [
            {"username": name,
             "keyauth_credentials": [{"key": key}],
             "basicauth_credentials": [{"username": name, "password": key}],
             "jwt_secrets": [{"key": key, "secret": key, "algorithm": "HS256"}],
             "hmacauth_credentials": [{"username": name, "secret": key}],
             "acls": [{"group": GROUP}]}
            for name, key in consumers],
    }


def choose(policies, only):
    """The policies named, or all; an unknown name is an error."""
    names = [policy.name for policy in policies]
    unknown = [name for name in only if name not in names]
    if unknown:
        raise ValueError(f"no policy is called {', '.join(unknown)}; there are {', '.join(names)}")
    return [policy for policy in policies if not only or policy.name in only]
