"""Bodies of batches: what is read, and what is stopped before it costs anything."""

from __future__ import annotations

import tracemalloc

import msgspec
import pytest
import zstandard

from desktop.models.problems import UserProblem
from desktop.sync.wire.batch_body import line_of, lines_of, operation_of, packed, unpacked
from desktop.sync.wire.messages import Operation

CAP = 1024 * 1024
ID = "01890000-0000-7000-8000-000000000001"


def line(**changes: object) -> bytes:
    plain = {
        "op_id": ID, "table": "enterprises", "row_id": ID, "grid_id": ID, "kind": "put",
        "fields": {"name": "甲"}, "base_version": 0, "edited_at": "2020-02-27T08:00:00.000Z",
    }  # fmt: skip
    return msgspec.json.encode(plain | changes)


def test_a_packed_batch_comes_back_as_it_was() -> None:
    lines = [line(), line(base_version=3)]
    assert lines_of(unpacked(packed(lines), "zstd", CAP)) == lines
    assert lines_of(unpacked(b"\n".join(lines), None, CAP)) == lines


def test_a_gigabyte_of_zeros_is_stopped_at_the_cap() -> None:
    compressor = zstandard.ZstdCompressor().compressobj()
    million = bytes(1_000_000)
    bomb = b"".join([*(compressor.compress(million) for _ in range(1000)), compressor.flush()])
    assert len(bomb) < 100_000
    tracemalloc.start()
    with pytest.raises(UserProblem, match="sync_body_too_large"):
        unpacked(bomb, "zstd", CAP)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < CAP + 10 * 2**20  # one piece grows to 8 MiB at most


def test_a_header_that_lies_about_its_size_is_not_believed() -> None:
    honest = zstandard.ZstdCompressor(write_content_size=True).compress(bytes(2 * CAP))
    with pytest.raises(UserProblem, match="sync_body_too_large"):
        unpacked(honest, "zstd", CAP)


def test_a_window_over_the_limit_is_refused() -> None:
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    stream = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    body = stream.compress(b"x" * 1000) + stream.flush()
    with pytest.raises(UserProblem, match="sync_body_broken"):
        unpacked(body, "zstd", CAP)


@pytest.mark.parametrize(
    "body", [b"", b"not zstd at all", packed([line()])[:-5], packed([line()])[:-1], packed([line()]) + b"x"]
)
def test_a_broken_or_cut_stream_is_refused(body: bytes) -> None:
    with pytest.raises(UserProblem, match="sync_body_broken"):
        unpacked(body, "zstd", CAP)


def test_a_line_over_64_kib_is_refused() -> None:
    with pytest.raises(UserProblem, match="sync_line_too_long"):
        lines_of(line(fields={"remark": "x" * 70_000}))


def test_an_unknown_field_of_the_envelope_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        operation_of(line(officer=ID))


def test_nesting_beyond_the_limit_is_refused() -> None:
    shallow: dict[str, object] = {"a": {"b": {"c": 1}}}
    deep: dict[str, object] = {"a": {"b": {"c": {"d": {"e": {"f": {"g": {}}}}}}}}
    assert operation_of(line(fields=shallow)).fields == shallow
    with pytest.raises(msgspec.ValidationError):
        operation_of(line(fields=deep))
    with pytest.raises((RecursionError, msgspec.DecodeError)):
        operation_of(line()[:-1] + b',"x":' + b"[" * 30_000 + b"]" * 30_000 + b"}")


def test_equal_operations_have_equal_bytes_whatever_the_order_of_their_keys() -> None:
    one = Operation(ID, "enterprises", ID, ID, "put", {"a": 1, "b": 2}, 0, "2020-02-27T08:00:00Z")  # type: ignore[arg-type]
    other = Operation(ID, "enterprises", ID, ID, "put", {"b": 2, "a": 1}, 0, "2020-02-27T08:00:00Z")  # type: ignore[arg-type]
    assert line_of(one) == line_of(other)
