"""Several server processes over one database, as behind a proxy, with or without TLS, and the memory each took."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.store import Store
from tests.flows.centre_process import ROOT, CentreProcess

STOP_S = 15


@dataclass(frozen=True)
class Certificate:
    """A self-made certificate for 127.0.0.1 and its key, as files; whoever trusts the certificate trusts the server."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class ServerProcesses:
    """Where the processes answer, their database beside them, and their process ids."""

    centre: CentreProcess
    urls: list[str]
    pids: list[int]

    def peak_mib(self) -> list[float]:
        """The most memory each process held so far, in MiB."""
        return [_peak_kib(pid) / 1024 for pid in self.pids]


@contextmanager
def server_processes(
    database_url: str, workers: int, certificate: Certificate | None = None
) -> Iterator[ServerProcesses]:
    """Run them until the block ends."""
    tls = ["--tls-cert", str(certificate.certificate), "--tls-key", str(certificate.key)] if certificate else []
    store = Store(database_url)
    with ExitStack() as ending:
        ending.callback(store.close)
        attachments = ending.enter_context(TemporaryDirectory())
        urls, pids = [], []
        for _ in range(workers):
            process = subprocess.Popen(
                [sys.executable, "-m", "server", "run", "--database", database_url, "--port", "0",
                 "--attachments", attachments, *tls],
                cwd=ROOT, env=os.environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            ending.callback(_end, process)
            assert process.stdout is not None
            urls.append(process.stdout.readline().removeprefix("listening on ").strip())
            pids.append(process.pid)
        yield ServerProcesses(CentreProcess(store, urls[0]), urls, pids)


def make_certificate(folder: Path) -> Certificate:
    """A certificate that holds for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdout is not None
    process.stdout.close()


def _peak_kib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
