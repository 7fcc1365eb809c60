"""Ed25519 signatures over the SHA-256 of a content, each under the name of what it is for.

Keys are text: 64 hexadecimal digits, the secret seed as well as the public key.
"""

from __future__ import annotations

import hashlib
import secrets

BUNDLE = "zhuqi-bundle-v1"
RECEIPT = "zhuqi-receipt-v1"
TICKET = "zhuqi-ticket-v1"
"""What a signature is for; one made for a bundle never passes for a receipt's."""

SIGNATURE_BYTES = 64


def new_signing_key() -> str:
    """A fresh secret key."""
    return secrets.token_bytes(32).hex()


def public_key_of(signing_key: str) -> str:
    """The public half of a secret key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing_key)).public_key().public_bytes_raw().hex()


def sign(signing_key: str, purpose: str, content: bytes) -> bytes:
    """The signature of a content; the same every time."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing_key)).sign(_signed(purpose, content))


def is_signed(public_key: str, purpose: str, content: bytes, signature: bytes) -> bool:
    """Whether the holder of this key signed this content for this purpose."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, _signed(purpose, content))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(purpose: str, content: bytes) -> bytes:
    return purpose.encode() + b"\0" + hashlib.sha256(content).digest()
