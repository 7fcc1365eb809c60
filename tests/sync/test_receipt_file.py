"""The receipt's format: only what the centre signed is believed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.identity import new_id
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import OperationStatus
from desktop.sync.wire import container, signing
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.messages import OperationResult, Receipt, counts_of
from desktop.sync.wire.receipt_file import APPLIED, BundleReceipt, decoded, encoded, read_signed_file, signed_file

KEY = signing.new_signing_key()
PUBLIC_KEY = signing.public_key_of(KEY)


def receipt(**changes: Any) -> BundleReceipt:
    results = [OperationResult(new_id(), OperationStatus.APPLIED, 1)]
    answer = Receipt(new_id(), "g", results, counts_of(results), {}, results_digest(results))
    made = BundleReceipt(
        container.FORMAT, container.SUITE, new_id(), "ab" * 32, 3, "g", "g", 1, "2020-02-27T08:00:00.000Z",
        APPLIED, None, [answer], {"cd" * 32: [new_id()]}, {},
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes)


def test_a_receipt_is_read_as_it_was_written() -> None:
    written = receipt()
    file = signed_file(encoded(written), KEY)
    assert read_signed_file(file, PUBLIC_KEY) == written
    assert signed_file(encoded(decoded(encoded(written))), KEY) == file


def test_a_newer_centre_may_say_more() -> None:
    said = msgspec.to_builtins(receipt()) | {"greeting": "hello"}
    assert read_signed_file(signed_file(encoded(said), KEY), PUBLIC_KEY).sequence == 3


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.integers(0, 2**16), st.integers(0, 7))
def test_any_edit_is_refused(place: int, bit: int) -> None:
    file = bytearray(signed_file(encoded(receipt()), KEY))
    file[place % len(file)] ^= 1 << bit
    with pytest.raises(UserProblem):
        read_signed_file(bytes(file), PUBLIC_KEY)


@pytest.mark.parametrize("length", [0, 5, 12, 40, 76, 200])
def test_a_receipt_that_was_cut_is_refused(length: int) -> None:
    with pytest.raises(UserProblem):
        read_signed_file(signed_file(encoded(receipt()), KEY)[:length], PUBLIC_KEY)


def test_the_receipt_of_another_centre_is_refused() -> None:
    with pytest.raises(UserProblem, match="bundle_receipt_refused"):
        read_signed_file(signed_file(encoded(receipt()), signing.new_signing_key()), PUBLIC_KEY)


@pytest.mark.parametrize("changes", [{"suite": 2}, {"format": 2}, {"counter": 0}, {"bundle": "../x"}])
def test_a_signed_receipt_of_another_form_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UserProblem, match="bundle_receipt_refused"):
        read_signed_file(signed_file(encoded(receipt(**changes)), KEY), PUBLIC_KEY)


def test_a_bundle_is_no_receipt() -> None:
    with pytest.raises(UserProblem, match="bundle_not_a_receipt"):
        read_signed_file(container.header(container.Kind.BUNDLE) + b"x" * 200, PUBLIC_KEY)
