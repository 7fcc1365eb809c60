"""Objects in a bucket that speaks S3. The bucket must exist; its keys come from the environment, never from a file.

A put is durable when the service has answered it, and it appears whole or not at all, so nothing is synced or renamed
here. What is on its way is kept in memory, from 1 MiB on in a temporary file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

import urllib3
from minio import Minio
from minio.credentials.providers import EnvAWSProvider
from minio.error import MinioException, S3Error

from desktop.models.problems import EnvironmentProblem, UserProblem
from server.objects import Aside, blocks_of, place_answers
from server.settings import is_loopback

MEMORY_BYTES = 1024 * 1024
PART_BYTES = 64 * 1024 * 1024
"""An object up to this size is one request."""
TIMEOUT_S = 30.0
RETRIES = 3


class ObjectBucket:
    """The objects under a prefix of a bucket."""

    def __init__(self, client: Minio, bucket: str, prefix: str) -> None:
        self.client = client
        self.bucket = bucket
        self.prefix = prefix

    @classmethod
    def at(cls, place: str) -> ObjectBucket:
        """The bucket at `s3+https://HOST[:PORT]/BUCKET[/PREFIX][?region=REGION]`; plain HTTP to this machine only.

        The keys are `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.

        Raises:
            UserProblem: `server_attachments_place`.
            EnvironmentProblem: `server_attachments_unavailable` when there is no such bucket for these keys.
        """
        parts = urlsplit(place.removeprefix("s3+"))
        bucket, _, prefix = parts.path.strip("/").partition("/")
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        if not (safe and bucket) or parts.username or parts.password:
            raise UserProblem("server_attachments_place")
        pool = urllib3.PoolManager(
            maxsize=16,
            timeout=urllib3.Timeout(TIMEOUT_S),
            retries=urllib3.Retry(RETRIES, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504]),
        )
        try:
            client = Minio(
                endpoint=parts.netloc,
                credentials=EnvAWSProvider(),
                secure=parts.scheme == "https",
                region=parse_qs(parts.query).get("region", ["us-east-1"])[0],
                http_client=pool,
            )
            with _place_answers():
                found = client.bucket_exists(bucket_name=bucket)
        except ValueError as error:  # a name no bucket can have
            raise UserProblem("server_attachments_place") from error
        if not found:
            raise EnvironmentProblem("server_attachments_unavailable")
        return cls(client, bucket, f"{prefix}/" if prefix else "")

    def aside(self) -> Aside:
        """Begin an object."""
        return _MemoryAside()

    def keep(self, asides: Mapping[str, Aside]) -> None:
        """Put them, one after the other."""
        for name, aside in asides.items():
            gathered = cast(_MemoryAside, aside).gathered
            with _place_answers():
                gathered.seek(0)
                self.client.put_object(
                    bucket_name=self.bucket,
                    object_name=self.prefix + name,
                    data=gathered,
                    length=aside.size,
                    part_size=PART_BYTES,
                )
            aside.discard()

    def open(self, name: str) -> BinaryIO | None:
        """Read an object."""
        content = _spool()
        try:
            with _there():
                response = self.client.get_object(bucket_name=self.bucket, object_name=self.prefix + name)
                with closing(response):
                    copyfileobj(response, content)
                    response.release_conn()
        except _Missing:
            content.close()
            return None
        except BaseException:
            content.close()
            raise
        content.seek(0)
        return content

    def size(self, name: str) -> int | None:
        """How many bytes an object has."""
        with suppress(_Missing), _there():
            return self.client.stat_object(bucket_name=self.bucket, object_name=self.prefix + name).size
        return None

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects."""
        with _place_answers():
            for name in names:
                self.client.remove_object(bucket_name=self.bucket, object_name=self.prefix + name)


class _MemoryAside(Aside):
    """An object being gathered before it is put."""

    def __init__(self) -> None:
        super().__init__()
        self.gathered = _spool()

    def read_back(self) -> Iterator[bytes]:
        self.gathered.seek(0)
        return blocks_of(self.gathered)

    def discard(self) -> None:
        self.gathered.close()

    def _file(self) -> BinaryIO:
        return self.gathered


class _Missing(Exception):
    """There is no such object."""


@contextmanager
def _there() -> Iterator[None]:
    with _place_answers():
        try:
            yield
        except S3Error as error:
            if error.code == "NoSuchKey":
                raise _Missing from error
            raise


def _spool() -> BinaryIO:
    return cast(BinaryIO, SpooledTemporaryFile(max_size=MEMORY_BYTES))


def _place_answers() -> AbstractContextManager[None]:
    return place_answers(MinioException, urllib3.exceptions.HTTPError)
