"""Whom the laptop believes to be the centre: TLS 1.2 or newer, with the system's authorities or one enrolled (SEC-41).

An enrolled authority is the only one trusted; a certificate any public authority would give out counts for nothing.
"""

from __future__ import annotations

import re
import ssl
from datetime import date
from pathlib import Path

from desktop.models.problems import EnvironmentProblem, UserProblem

AUTHORITY_BYTES = 64 * 1024
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")
_DATE_CODES = frozenset({9, 10, 0x800B0101, -2146762495})
"""Not valid yet, expired (OpenSSL); CERT_E_EXPIRED (Windows), without and with its sign."""


def trust(ca_pem: str | None) -> ssl.SSLContext:
    """What connections are verified with."""
    if ca_pem is None:
        import truststore

        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=ca_pem)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def authority_in(file: Path) -> str:
    """The certificates of authorities in a PEM file: the present one and, where there is, the next.

    Raises:
        UserProblem: `sync_ca_unreadable`: no such file, or a server's own certificate instead of its authority's.
    """
    refusal = UserProblem("sync_ca_unreadable", file=str(file))
    try:
        with file.open("rb") as opened:
            text = opened.read(AUTHORITY_BYTES).decode("ascii", "replace")
        found = _CERTIFICATE.findall(text)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata="\n".join(found))
    except (OSError, ValueError, ssl.SSLError) as error:
        raise refusal from error
    if not found or len(context.get_ca_certs()) != len(found):
        raise refusal
    return "\n".join(found) + "\n"


def distrust(error: BaseException, host: str) -> EnvironmentProblem | None:
    """The problem when a connection failed because the other side could not show that it is the centre."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError) and getattr(cause, "verify_code", None) in _DATE_CODES:
            return EnvironmentProblem("sync_certificate_date", host=host, today=date.today().isoformat())
        cut = isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError)
        if isinstance(cause, ssl.SSLError) and not cut:
            return EnvironmentProblem("sync_untrusted", host=host)
        cause = cause.__cause__ or cause.__context__
    return None
