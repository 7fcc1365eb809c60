"""Which fields of each record kind may travel, and which of them name a parent.

Listed by hand: a new column is not on the wire until somebody decides it here (a test compares the list with the
mapped columns).
"""

from __future__ import annotations

from desktop.models.health_terms import (
    Carrier,
    ContactCase,
    Employment,
    HealthCode,
    Housing,
    IdKind,
    NoResultReason,
    ReturnStatus,
    Sex,
    Slot,
    ThermometerKind,
    TransportMode,
)  # fmt: skip
from desktop.models.premises_terms import (
    Agent,
    DisinfectionMethod,
    DoseUnit,
    Ownership,
    PlaceType,
    RoomState,
    Sewage,
    SiteKind,
    Situation,
    StayOutcome,
    StayReason,
    StockUnit,
    TransferVehicle,
    Ventilation,
)  # fmt: skip
from desktop.models.vocabulary import (
    ConflictState,
    FindingSource,
    FindingState,
    LetterState,
    LookBackOutcome,
    NegativeLevel,
    NegativeOrigin,
    NegativeType,
    PaperState,
    Resolution,
    Result,
    Role,
    Route,
    Scale,
    Severity,
    StepKind,
    VisitKind,
    VisitState,
)  # fmt: skip
from desktop.sync.wire.field_rules import (
    HASH,
    Field,
    amount,
    anything,
    day,
    degrees,
    flag,
    matching,
    moment,
    one_of,
    record_id,
    structure,
    text,
    title,
    whole,
)  # fmt: skip

FIELDS: dict[str, dict[str, Field]] = {
    "grids": {
        "code": text(40, required=True), "name": text(120, required=True), "township": text(60),
        "county": text(60), "city": text(60), "park": text(120),
    },
    "members": {"name": text(80, required=True), "unit": text(120), "phone": text(40)},
    "member_roles": {"member_id": record_id(required=True), "role": one_of(Role, 30, required=True)},
    "enterprises": {
        "name": text(200, required=True), "credit_code": text(18), "address": text(300), "township": text(60),
        "county": text(60), "industry": text(120), "scale": one_of(Scale, 20), "capital": text(60),
        "registered_on": day(), "resumed_on": day(), "staff_due": whole(), "staff_on_duty": whole(),
        "longitude": degrees(180), "latitude": degrees(90), "remark": text(500),
    },
    "contacts": {
        "enterprise_id": record_id(required=True), "name": text(80, required=True), "duty": text(60),
        "phone": text(40),
    },
    "visits": {
        "enterprise_id": record_id(required=True), "kind": one_of(VisitKind, 20, required=True),
        "visited_on": day(required=True), "state": one_of(VisitState, 12, required=True),
        "measure_set": text(80, required=True), "officer_id": record_id(), "officer_name": text(80),
        "companions": text(200), "started_at": moment(required=True), "completed_at": moment(),
        "situation": structure(dict), "gaps": structure(list), "remark": text(), "functions": structure(list),
        "party": whole(), "kit": structure(list), "education_people": whole(), "supplies_given": text(200),
        "next_on": day(),
    },
    "answers": {
        "visit_id": record_id(required=True), "measure": text(8, required=True),
        "result": one_of(Result, 8, required=True), "points": structure(dict), "measured": structure(dict),
        "note": text(), "fact": text(), "advice": text(), "answered_at": moment(required=True),
    },
    "findings": {
        "enterprise_id": record_id(required=True), "visit_id": record_id(), "answer_id": record_id(),
        "number": text(40, required=True), "measure": text(8, required=True), "title": text(200, required=True),
        "fact": text(), "advice": text(), "severity": one_of(Severity, 8, required=True),
        "route": one_of(Route, 20, required=True), "state": one_of(FindingState, 12, required=True),
        "responsible": text(80), "found_on": day(required=True), "due_on": day(), "look_back_on": day(),
        "closed_on": day(), "source": one_of(FindingSource, 12), "focus_area": text(4), "responsible_title": text(60),
        "responsible_phone": text(40), "instructor": text(80), "service_officer": text(80), "lead_unit": text(120),
        "co_units": structure(list), "supervisor": text(80), "duty": text(), "acknowledged_at": moment(),
        "action": text(), "interim_control": text(), "done_on": day(), "reviewed_on": day(), "reviewer": text(80),
        "review_outcome": one_of(LookBackOutcome, 10), "extensions": whole(), "suspended_until": day(),
        "platform_number": text(60),
    },
    "letters": {
        "enterprise_id": record_id(required=True), "visit_id": record_id(required=True),
        "state": one_of(LetterState, 8, required=True), "number": text(60),
        "content": structure(dict, required=True), "issued_on": day(), "issued_at": moment(), "pages": whole(),
        "sha256": matching(HASH, 64), "supersedes_id": record_id(), "reason": text(),
    },
    "finding_steps": {
        "finding_id": record_id(required=True), "at": moment(required=True),
        "kind": one_of(StepKind, 12, required=True), "by_name": text(80), "from_state": one_of(FindingState, 12),
        "to_state": one_of(FindingState, 12), "outcome": one_of(LookBackOutcome, 10), "visit_id": record_id(),
        "due_on": day(), "note": text(),
    },
    "sheets": {
        "enterprise_id": record_id(), "visit_id": record_id(), "form": text(40, required=True),
        "form_version": text(40, required=True), "subject": text(120), "recorded_on": day(required=True),
        "entries": structure(dict, required=True), "note": text(),
    },
    "isolation_sites": {
        "enterprise_id": record_id(), "kind": one_of(SiteKind, 20, required=True),
        "ownership": one_of(Ownership, 16, required=True), "location": text(120, required=True),
        "distance_m": amount(), "independent": flag(), "single_occupancy": flag(),
        "ventilation": one_of(Ventilation, 12), "vent_times": whole(), "vent_minutes": whole(),
        "separate_access": flag(), "zones_marked": flag(), "signage": flag(), "sewage": one_of(Sewage, 24),
        "chlorine_mg_l": amount(), "waste_bins": whole(), "contactless_meals": flag(), "readings_per_day": whole(),
        "cleanings_per_day": whole(), "duty_name": text(80), "duty_phone": text(40), "protection_written": flag(),
        "transfer_passage": flag(), "transfer_hospital": text(120), "transfer_phone": text(40),
        "transfer_vehicle": one_of(TransferVehicle, 16), "cdc_contact": text(120), "guarded_24h": flag(),
        "kit": structure(dict), "persons_expected": whole(), "checked_on": day(), "closed_on": day(),
        "remark": text(),
    },
    "isolation_rooms": {
        "site_id": record_id(required=True), "room_no": text(40, required=True), "area_m2": amount(),
        "ensuite": flag(), "state": one_of(RoomState, 12, required=True), "disinfected_on": day(),
        "remark": text(200),
    },
    "employees": {
        "enterprise_id": record_id(required=True), "name": text(80, required=True), "id_kind": one_of(IdKind, 16),
        "id_number": text(40), "phone": text(40), "sex": one_of(Sex, 8), "birth_year": whole(),
        "department": text(80), "team": text(80), "post": text(80), "employment": one_of(Employment, 16),
        "housing": one_of(Housing, 12), "dormitory_room": text(60),
        "return_status": one_of(ReturnStatus, 16, required=True), "arrived_on": day(), "origin": text(120),
        "origin_code": text(6), "transport": one_of(TransportMode, 16), "transport_detail": text(60),
        "key_post": text(80), "health_code": one_of(HealthCode, 8), "health_code_on": day(),
        "contact_case": one_of(ContactCase, 12), "vulnerable": text(), "emergency_contact": text(120),
        "left_on": day(), "remark": text(500),
    },
    "roaming_queries": {
        "employee_id": record_id(required=True), "queried_at": moment(required=True),
        "carrier": one_of(Carrier, 12, required=True), "window_days": whole(required=True), "places": structure(list),
        "matches_declaration": flag(), "high_risk": flag(), "no_result_reason": one_of(NoResultReason, 20),
    },
    "health_entries": {
        "enterprise_id": record_id(required=True), "employee_id": record_id(required=True), "day": day(required=True),
        "slot": one_of(Slot, 4, required=True), "temperature_c": amount(), "thermometer": one_of(ThermometerKind, 16),
        "symptoms": structure(list), "absent_reason": text(120), "recorder": text(80),
        "recorded_at": moment(required=True),
    },
    "isolation_stays": {
        "site_id": record_id(required=True), "room_id": record_id(), "enterprise_id": record_id(required=True),
        "employee_id": record_id(required=True), "reason": one_of(StayReason, 20, required=True),
        "start_on": day(required=True), "last_exposure_on": day(), "expected_end_on": day(required=True),
        "steps": structure(dict), "contacts": text(), "transferred_to": text(120), "outcome": one_of(StayOutcome, 24),
        "ended_on": day(), "released_by": text(80), "note": text(),
    },
    "disinfections": {
        "enterprise_id": record_id(required=True), "visit_id": record_id(),
        "place_type": one_of(PlaceType, 20, required=True), "place": text(120, required=True),
        "target": text(8, required=True), "situation": one_of(Situation, 20, required=True),
        "agent": one_of(Agent, 20, required=True), "product_name": text(120), "batch_no": text(60),
        "expires_on": day(), "licensed": flag(), "stock_value": amount(), "stock_unit": one_of(StockUnit, 12),
        "conc_mg_l": amount(), "measured_mg_l": amount(), "volume_l": amount(), "prepared_at": moment(),
        "method": one_of(DisinfectionMethod, 16, required=True), "dose_value": amount(),
        "dose_unit": one_of(DoseUnit, 8), "area_m2": amount(), "volume_m3": amount(), "contact_min": whole(),
        "people_present": flag(), "rinsed": flag(), "ventilated_min": whole(), "mixed_with": structure(list),
        "operator": text(80, required=True), "trained": flag(), "ppe": structure(list),
        "done_at": moment(required=True), "next_due_at": moment(), "reason": text(),
    },
    "negative_entries": {
        "enterprise_id": record_id(required=True), "type": one_of(NegativeType, 24, required=True),
        "level": one_of(NegativeLevel, 8, required=True), "origin": one_of(NegativeOrigin, 8, required=True),
        "reasons": structure(list, required=True), "entered_on": day(required=True), "entered_by": text(80),
        "reviewed_on": day(), "lifted_on": day(), "lifted_by": text(80), "lift_reason": text(),
    },
    "journal_entries": {
        "enterprise_id": record_id(required=True), "visit_id": record_id(required=True), "day": day(required=True),
        "author": text(80), "situation": text(), "findings": text(), "advice": text(), "services": text(),
        "next_on": day(), "state": one_of(PaperState, 8, required=True), "signed_by": text(80), "signed_at": moment(),
    },
    "daily_reports": {
        "day": day(required=True), "figures": structure(dict, required=True), "summary": text(), "plan": text(),
        "as_of": moment(required=True), "state": one_of(PaperState, 8, required=True), "signed_by": text(80),
        "signed_at": moment(),
    },
    "visit_plans": {
        "enterprise_id": record_id(required=True), "day": day(required=True), "place": whole(required=True),
        "officer_id": record_id(), "reason": text(120), "visit_id": record_id(),
    },
    "key_points": {
        "issue_no": whole(required=True), "title": text(200, required=True), "body": text(required=True),
        "focus_areas": structure(list), "measures": structure(list), "source_unit": text(120),
        "valid_from": day(required=True),
    },
    "trainings": {
        "enterprise_id": record_id(), "day": day(required=True), "topic": text(200, required=True),
        "place": text(120), "trainer": text(80), "audience": text(120), "content": text(), "headcount": whole(),
    },
    "attendances": {
        "training_id": record_id(required=True), "name": text(80, required=True), "unit": text(120),
        "employee_id": record_id(), "signed": flag(),
    },
    "attachments": {
        "owner_table": text(30, required=True), "owner_id": record_id(required=True),
        "purpose": text(20, required=True), "sha256": matching(HASH, 64, required=True),
        "size": whole(required=True), "media_type": text(60, required=True), "title": title(),
        "taken_at": moment(),
    },
    "conflicts": {
        "table_name": text(30, required=True), "row_id": record_id(required=True), "field": text(60, required=True),
        "base": anything(), "theirs": anything(), "mine": anything(), "theirs_by": record_id(),
        "theirs_at": moment(), "mine_by": record_id(), "mine_at": moment(required=True),
        "op_id": record_id(required=True), "state": one_of(ConflictState, 8, required=True),
        "resolution": one_of(Resolution, 8), "resolved_at": moment(),
    },
}  # fmt: skip
"""Table name → field name → its rule. The envelope's columns (id, grid, version, edited, deleted) are not fields."""

PARENTS: dict[str, dict[str, str]] = {
    "grids": {},
    "members": {},
    "member_roles": {"member_id": "members"},
    "enterprises": {},
    "contacts": {"enterprise_id": "enterprises"},
    "visits": {"enterprise_id": "enterprises"},
    "answers": {"visit_id": "visits"},
    "findings": {"enterprise_id": "enterprises", "visit_id": "visits", "answer_id": "answers"},
    "letters": {"enterprise_id": "enterprises", "visit_id": "visits"},
    "finding_steps": {"finding_id": "findings", "visit_id": "visits"},
    "sheets": {"enterprise_id": "enterprises", "visit_id": "visits"},
    "isolation_sites": {"enterprise_id": "enterprises"},
    "isolation_rooms": {"site_id": "isolation_sites"},
    "employees": {"enterprise_id": "enterprises"},
    "roaming_queries": {"employee_id": "employees"},
    "health_entries": {"enterprise_id": "enterprises", "employee_id": "employees"},
    "isolation_stays": {
        "site_id": "isolation_sites",
        "room_id": "isolation_rooms",
        "enterprise_id": "enterprises",
        "employee_id": "employees",
    },
    "disinfections": {"enterprise_id": "enterprises", "visit_id": "visits"},
    "negative_entries": {"enterprise_id": "enterprises"},
    "journal_entries": {"enterprise_id": "enterprises", "visit_id": "visits"},
    "daily_reports": {},
    "visit_plans": {"enterprise_id": "enterprises", "visit_id": "visits"},
    "key_points": {},
    "trainings": {"enterprise_id": "enterprises"},
    "attendances": {"training_id": "trainings", "employee_id": "employees"},
    "attachments": {},
    "conflicts": {},
}
"""Table name → field that names a parent → the parent's table. An attachment's parent is found by `parents_of`."""

SETTLING = frozenset({"state", "resolution", "resolved_at"})
"""The fields of a conflict a laptop may write; the server alone makes one."""

ATTACHMENT_OWNERS = frozenset(
    {
        "enterprises", "visits", "answers", "findings", "letters", "finding_steps", "sheets", "isolation_sites",
        "employees", "disinfections", "journal_entries", "daily_reports", "trainings",
    }
)  # fmt: skip

STRUCTURES: dict[str, frozenset[str]] = {
    table: frozenset(name for name, field in fields.items() if field.structure) for table, fields in FIELDS.items()
}
