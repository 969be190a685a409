"""A certificate of the run's own: ECDSA on P-256, signed by itself, good for a day."""
import os
import ssl
import subprocess
from dataclasses import dataclass

from .site import find


@dataclass(frozen=True)
class Certificate:
    """Paths of PEM files; `both` holds certificate and key, as HAProxy wants them."""

    chain: str
    key: str
    both: str

    def trust(self):
        """What a client needs in order to believe it."""
        return ssl.create_default_context(cafile=self.chain)


def make(folder):
    """The certificate, or None where openssl is missing."""
    openssl = find("openssl")
    if not openssl:
        return None
    made = Certificate(*(os.path.join(folder, name) for name in ("cert.pem", "key.pem", "both.pem")))
    subprocess.run([openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", made.key, "-out", made.chain, "-days", "1", "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1"],
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    with open(made.both, "w") as sink:
        for path in (made.chain, made.key):
            with open(path) as file:
                sink.write(file.read())
    return made
