"""Days, counts and codes in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from desktop.models.problems import Language
from desktop.models.vocabulary import FindingState, LetterState, Route, Scale, Severity, VisitKind
from desktop.ui import wording
from desktop.ui.language import set_language
from desktop.ui.state_painting import ring_sentence, state_word

TODAY = date(2020, 2, 28)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Language]:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert app is not None
    set_language(app, request.param)
    yield request.param
    set_language(app, "zh")


def test_days_are_written_as_people_write_them(language: Language) -> None:
    assert wording.day("2020-02-27", TODAY) == ("2月27日" if language == "zh" else "27 Feb")
    assert wording.day("2019-02-27", TODAY) == ("2019年2月27日" if language == "zh" else "27 Feb 2019")
    assert wording.day(None) == "—"


def test_near_days_have_names(language: Language) -> None:
    named = [wording.near_day(day, TODAY) for day in ("2020-02-27", "2020-02-28", "2020-02-29")]

    assert named == (["昨天", "今天", "明天"] if language == "zh" else ["yesterday", "today", "tomorrow"])


def test_deadlines_say_how_urgent_they_are(language: Language) -> None:
    assert wording.due("2020-02-27", TODAY)[1] == "fail-fg"
    assert wording.due("2020-02-28", TODAY)[1] == "partial-fg"
    assert wording.due("2020-03-09", TODAY)[1] == "muted"
    assert wording.due(None, TODAY) == ("", "muted")


def test_rates_have_one_decimal_and_nothing_to_divide_by_is_a_dash(language: Language) -> None:
    assert wording.percent(386, 412) == "93.7%"
    assert wording.percent(1, 0) == wording.percent(None, 5) == "—"


def test_counts_are_grouped(language: Language) -> None:
    assert wording.count(100352) == QLocale().toString(100352) == "100,352"


def test_every_stored_code_has_a_word(language: Language) -> None:
    for kinds, word in (
        (VisitKind, wording.visit_kind), (Severity, wording.severity), (Route, wording.route),
        (FindingState, wording.finding_state), (LetterState, wording.letter_state), (Scale, wording.scale),
    ):  # fmt: skip
        words = [word(code) for code in kinds]
        assert all(words)
        assert len(words) == len(set(words))


def test_a_ring_says_in_words_what_it_shows(language: Language) -> None:
    sentence = ring_sentence(["pass", "fail", None])

    assert sentence == ", ".join(f"{state_word(state)} 1" for state in ("fail", "pass", None))


def test_a_moment_shows_its_day_only_when_that_is_another(language: Language) -> None:
    local = datetime(2020, 2, 27, 17, 52).astimezone()
    stored = local.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    assert wording.moment(stored, date(2020, 2, 27)) == "17:52"
    assert wording.moment(stored, TODAY) == ("2月27日 17:52" if language == "zh" else "27 Feb 17:52")
    assert wording.moment(None) == "—"
