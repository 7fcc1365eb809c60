"""The receipt on paper says what the centre confirmed."""

from __future__ import annotations

from io import BytesIO

import pdfplumber

from desktop.documents.sync_receipt_pdf import draw_sync_receipt
from desktop.models.sync_receipt import SyncReceipt


def receipt(**other: object) -> SyncReceipt:
    plain: dict[str, object] = {
        "officer": "周喆", "centre": "https://centre.example", "device": "AB12", "began": "2020-02-27 17:51:02",
        "ended": "2020-02-27 17:51:43", "complete": True, "counts": {"applied": 34, "merged": 2}, "pulled": 63,
        "photos_sent": 9, "photos_waiting": 0, "sequences": {"CZ-JK-03": 18402},
        "generation": "01a20d80-64c9-70c0-85fe-e65e70928bae", "digest": "7c1e" * 16,
    }  # fmt: skip
    return SyncReceipt(**(plain | other))  # type: ignore[arg-type]


def text_of(pdf: bytes) -> tuple[int, str]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return len(document.pages), "\n".join(page.extract_text() for page in document.pages)


def test_every_number_the_centre_gave_stands_on_one_page() -> None:
    pages, text = text_of(draw_sync_receipt(receipt()))

    assert pages == 1
    for said in ("同步回执", "周喆", "34 条", "63 条", "网格 CZ-JK-03 序号", "18402", "与中心核对一致", "7c1e7c1e"):
        assert said in text


def test_an_exchange_that_was_cut_says_so() -> None:
    assert "未完成" in text_of(draw_sync_receipt(receipt(complete=False)))[1]


def test_reasons_are_listed_and_flow_onto_further_pages() -> None:
    refused = tuple(f"检查结果：第{number}条没有权限" for number in range(80))
    pages, text = text_of(draw_sync_receipt(receipt(refused=refused)))

    assert pages > 1
    assert "80. 检查结果：第79条没有权限" in text


def test_text_of_a_name_is_never_markup() -> None:
    assert "<b>&x</b>" in text_of(draw_sync_receipt(receipt(officer="<b>&x</b>")))[1]
