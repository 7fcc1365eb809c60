"""A bucket that speaks S3, in this process, by somebody else's hand (moto): what the object store is tested against."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from minio import Minio
from moto.server import ThreadedMotoServer

KEYS = {"AWS_ACCESS_KEY_ID": "county", "AWS_SECRET_ACCESS_KEY": "a secret of the county"}


@contextmanager
def running_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The place of an empty bucket, until the block ends."""
    name = f"zhuqi-{secrets.token_hex(4)}"  # moto remembers buckets beyond the life of its server
    for variable, value in KEYS.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(logging.getLogger("werkzeug"), "disabled", True)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        Minio(
            endpoint=f"{host}:{port}",
            access_key=KEYS["AWS_ACCESS_KEY_ID"],
            secret_key=KEYS["AWS_SECRET_ACCESS_KEY"],
            secure=False,
        ).make_bucket(bucket_name=name)
        yield f"s3+http://{host}:{port}/{name}"
    finally:
        server.stop()
