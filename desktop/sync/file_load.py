"""What travels in one request: one file that goes on from where it stands, or several small ones together."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from itertools import chain

from desktop.sync.file_upload import FileUpload
from desktop.sync.wire.endpoint import BatchTooLarge, Endpoint
from desktop.sync.wire.protocol import Limits
from desktop.sync.wire.tus import TOGETHER_BYTES


def loads_of(uploads: Iterable[FileUpload], limits: Limits) -> list[list[FileUpload]]:
    """The same files in their order, each load within the limits. One that may have begun to travel goes alone."""
    loads: list[list[FileUpload]] = []
    space = 0
    for upload in uploads:
        small = upload.size <= TOGETHER_BYTES and not upload.begun and limits.files_together > 1
        if small and 0 < upload.size <= space and len(loads[-1]) < limits.files_together:
            loads[-1].append(upload)
            space -= upload.size
        else:
            loads.append([upload])
            space = limits.upload_bytes - upload.size if small else 0
    return loads


def send_load(
    load: Sequence[tuple[FileUpload, bytes]], endpoint: Endpoint, limits: Limits, stop: threading.Event
) -> None:
    """Send the files of one load with their contents; each is whole afterwards, or says why it was refused.

    Raises:
        Stopped: `stop` was set.
        EnvironmentProblem: what the line did; of a file that travels alone the centre's refusal, too.
    """
    if len(load) > 1:
        try:
            codes = endpoint.upload_together(
                [(upload.sha256, upload.size) for upload, _ in load],
                chain.from_iterable(upload.pieces(content, 0, upload.size, stop) for upload, content in load),
            )
        except BatchTooLarge:
            pass  # somebody between passes only less at once
        else:
            for (upload, _), code in zip(load, codes, strict=True):
                upload.answered(code)
            return
    for upload, content in load:
        upload.send(endpoint, content, limits.upload_bytes, stop)
