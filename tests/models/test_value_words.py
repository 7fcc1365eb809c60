"""Every stored code has a word for people."""

from __future__ import annotations

import pytest

from desktop.models import health_terms, premises_terms, vocabulary
from desktop.models.register_form import MEASURED
from desktop.models.registers import REGISTERS
from desktop.models.value_words import _words, value_word

LISTS = {
    "result": vocabulary.Result,
    "visit_kind": vocabulary.VisitKind,
    "visit_state": vocabulary.VisitState,
    "scale": vocabulary.Scale,
    "severity": vocabulary.Severity,
    "route": vocabulary.Route,
    "finding_state": vocabulary.FindingState,
    "letter_state": vocabulary.LetterState,
    "finding_source": vocabulary.FindingSource,
    "steward_kind": vocabulary.StewardKind,
    "step_kind": vocabulary.StepKind,
    "look_back_outcome": vocabulary.LookBackOutcome,
    "paper_state": vocabulary.PaperState,
    "function": vocabulary.InstructorFunction,
    "negative_type": vocabulary.NegativeType,
    "negative_level": vocabulary.NegativeLevel,
    "negative_origin": vocabulary.NegativeOrigin,
    "site_kind": premises_terms.SiteKind,
    "ownership": premises_terms.Ownership,
    "ventilation": premises_terms.Ventilation,
    "sewage": premises_terms.Sewage,
    "transfer_vehicle": premises_terms.TransferVehicle,
    "room_state": premises_terms.RoomState,
    "stay_reason": premises_terms.StayReason,
    "stay_outcome": premises_terms.StayOutcome,
    "place_type": premises_terms.PlaceType,
    "situation": premises_terms.Situation,
    "agent": premises_terms.Agent,
    "disinfection_method": premises_terms.DisinfectionMethod,
    "emergency_step": premises_terms.EmergencyStep,
    "substance": premises_terms.Substance,
    "kit_item": premises_terms.KitItem,
    "ppe": premises_terms.ProtectiveItem,
    "trigger": premises_terms.Trigger,
    "stock_unit": premises_terms.StockUnit,
    "dose_unit": premises_terms.DoseUnit,
    "id_kind": health_terms.IdKind,
    "sex": health_terms.Sex,
    "employment": health_terms.Employment,
    "housing": health_terms.Housing,
    "return_status": health_terms.ReturnStatus,
    "health_code": health_terms.HealthCode,
    "contact_case": health_terms.ContactCase,
    "transport": health_terms.TransportMode,
    "carrier": health_terms.Carrier,
    "no_result_reason": health_terms.NoResultReason,
    "slot": health_terms.Slot,
    "thermometer": health_terms.ThermometerKind,
    "symptom": health_terms.Symptom,
}


def test_every_code_has_words_in_both_languages_and_nothing_else_has() -> None:
    assert {name: set(words) for name, words in _words().items()} == {
        name: {str(code) for code in codes} for name, codes in LISTS.items()
    }
    assert all(set(word) == {"zh", "en"} for words in _words().values() for word in words.values())


def test_a_code_of_a_newer_program_is_shown_as_it_is() -> None:
    assert value_word("result", "unheard_of", "zh") == "unheard_of"


@pytest.mark.parametrize("name", REGISTERS)
def test_registers_name_lists_that_exist(name: str) -> None:
    assert {column.words for column in REGISTERS[name].columns} <= LISTS.keys() | {"", MEASURED}
