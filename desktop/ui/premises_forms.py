"""The forms of the page of isolation and disinfection: which fields of the records stand in them, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from desktop.models.desk.isolation_desk import PersonChoice, RoomRow
from desktop.models.disinfection_targets import Target
from desktop.models.premises_terms import (
    Agent,
    DisinfectionMethod,
    DoseUnit,
    EmergencyStep,
    KitItem,
    Ownership,
    PlaceType,
    ProtectiveItem,
    RoomState,
    Sewage,
    SiteKind,
    Situation,
    StayOutcome,
    StayReason,
    StockUnit,
    Substance,
    TransferVehicle,
    Ventilation,
)
from desktop.ui.notices import window_language
from desktop.ui.premises_words import choices, word
from desktop.ui.record_form import FormField, Section

_KIT = "kit."


def new_site_form() -> list[Section]:
    """A site that begins."""
    return [
        Section("", [
            _pick("kind", choices("site_kind", SiteKind)),
            FormField("location", "text"),
            _pick("ownership", choices("ownership", Ownership)),
        ])
    ]  # fmt: skip


def site_form(kind: SiteKind) -> list[Section]:
    """What is found at a site. What only an observation point is asked for is not asked of an emergency room."""
    translate = QCoreApplication.translate
    point = kind is SiteKind.OBSERVATION_POINT
    premises = [
        FormField("location", "text"),
        _pick("ownership", choices("ownership", Ownership)),
        FormField("independent", "flag"),
        FormField("distance_m", "number"),
        FormField("ventilation", "choice", choices("ventilation", Ventilation)),
        FormField("vent_times", "whole"),
        FormField("vent_minutes", "whole"),
        *_flags("separate_access", "zones_marked", "single_occupancy", when=point),
        *_flags("signage", when=not point),
    ]
    running = [
        FormField("waste_bins", "whole"),
        FormField("cleanings_per_day", "whole"),
        FormField("protection_written", "flag"),
    ]
    if point:
        running += [
            FormField("readings_per_day", "whole"),
            FormField("persons_expected", "whole"),
            FormField("sewage", "choice", choices("sewage", Sewage)),
            FormField("chlorine_mg_l", "number"),
            *_flags("contactless_meals", "transfer_passage", "guarded_24h", when=True),
        ]
    people = [
        *(FormField(name, "text") for name in ("duty_name", "duty_phone")),
        FormField("transfer_vehicle", "choice", choices("transfer_vehicle", TransferVehicle)),
        *(FormField(name, "text") for name in ("transfer_hospital", "transfer_phone", "cdc_contact")),
    ]
    sections = [
        Section(translate("PremisesForms", "Premises"), premises),
        Section(translate("PremisesForms", "Running"), running),
        Section(translate("PremisesForms", "People and transfer"), people),
    ]
    if not point:
        kit = [FormField(_KIT + item, "whole", label=word("kit_item", item)) for item in KitItem]
        sections.append(Section(translate("PremisesForms", "Supplies, pieces"), kit))
    days = [FormField("checked_on", "day"), FormField("closed_on", "day"), FormField("remark", "text")]
    return [*sections, Section(translate("PremisesForms", "Check"), days)]


def site_values(columns: dict[str, object]) -> dict[str, object]:
    """A site's columns as the form shows them."""
    kit = columns.get("kit")
    pieces = kit if isinstance(kit, dict) else {}
    return {**columns, **{_KIT + item: count for item, count in pieces.items()}}


def site_columns(filled: dict[str, object]) -> dict[str, object]:
    """What was filled in as columns of the site; supplies nobody counted stay unseen."""
    found: dict[str, object] = {}
    kit = {}
    for name, value in filled.items():
        if name.startswith(_KIT):
            kit.update({name.removeprefix(_KIT): value} if value is not None else {})
        elif name in ("checked_on", "closed_on"):
            found[name] = str(value) if value is not None else None
        else:
            found[name] = int(value) if isinstance(value, bool) else value
    if any(name.startswith(_KIT) for name in filled):
        found["kit"] = kit or None
    return found


def rooms_form() -> list[Section]:
    """Rooms of one make."""
    hint = QCoreApplication.translate("PremisesForms", "Several with a blank between: 501 502 503")
    return [
        Section("", [
            FormField("room_no", "text", hint=hint),
            FormField("ensuite", "flag"),
            FormField("area_m2", "number"),
        ])
    ]  # fmt: skip


def room_state_form(rooms: Iterable[RoomRow]) -> list[Section]:
    """The state of a room nobody is in."""
    empty = [(room.id, f"{room.room_no} · {word('room_state', room.state)}") for room in rooms if not room.persons]
    label = QCoreApplication.translate("PremisesForms", "Room")
    return [
        Section("", [
            FormField("room_id", "choice", empty, label=label),
            _pick("state", choices("room_state", RoomState)),
        ])
    ]  # fmt: skip


def take_in_form(people: Iterable[PersonChoice], rooms: Iterable[RoomRow]) -> list[Section]:
    """Somebody is taken in."""
    persons = [(each.id, " · ".join(filter(None, (each.person, each.place)))) for each in people]
    return [
        Section("", [
            FormField("employee_id", "choice", persons),
            FormField("room_id", "choice", [(room.id, room.room_no) for room in rooms]),
            _pick("reason", choices("stay_reason", StayReason)),
            FormField("start_on", "day"),
            FormField("last_exposure_on", "day"),
        ])
    ]  # fmt: skip


def move_form(rooms: Iterable[RoomRow]) -> list[Section]:
    """Another room."""
    return [Section("", [FormField("room_id", "choice", [(room.id, room.room_no) for room in rooms])])]


def end_form() -> list[Section]:
    """The end of an observation."""
    return [
        Section("", [
            _pick("outcome", choices("stay_outcome", StayOutcome)),
            FormField("ended_on", "day"),
            FormField("released_by", "text"),
            FormField("transferred_to", "text"),
            FormField("note", "text", wide=True),
        ])
    ]  # fmt: skip


def steps_form() -> list[Section]:
    """The emergency sequence, each step with its moment."""
    return [Section("", [FormField(step, "moment", label=word("emergency_step", step)) for step in EmergencyStep])]


def disinfection_form(targets: Iterable[Target], waiting: Sequence[RoomRow]) -> list[Section]:
    """One disinfection; `waiting`: isolation rooms this may be the terminal one of."""
    translate = QCoreApplication.translate
    table = [(each.id, each.name(window_language())) for each in targets]
    used = [*choices("substance", Substance), *choices("agent", _OFTEN_MIXED)]
    where = [
        _pick("place_type", choices("place_type", PlaceType)),
        FormField("place", "text"),
        FormField("done_at", "moment"),
        _pick("target", table),
        _pick("situation", choices("situation", Situation)),
        _pick("method", choices("disinfection_method", DisinfectionMethod)),
    ]
    if waiting:
        label = translate("PremisesForms", "Terminal disinfection of room")
        where.append(FormField("room_id", "choice", [(room.id, room.room_no) for room in waiting], label=label))
    return [
        Section(translate("PremisesForms", "Where and how"), where),
        Section(translate("PremisesForms", "With what"), [
            _pick("agent", choices("agent", Agent)),
            FormField("stock_value", "number"),
            FormField("stock_unit", "choice", choices("stock_unit", StockUnit)),
            FormField("conc_mg_l", "number"),
            FormField("measured_mg_l", "number"),
            FormField("volume_l", "number"),
            FormField("contact_min", "whole"),
            FormField("dose_value", "number"),
            FormField("dose_unit", "choice", choices("dose_unit", DoseUnit)),
            FormField("area_m2", "number"),
            FormField("volume_m3", "number"),
            FormField("prepared_at", "moment"),
            FormField("product_name", "text"),
            FormField("batch_no", "text"),
            FormField("expires_on", "day"),
            FormField("licensed", "flag"),
            FormField("mixed_with", "many", used, wide=True),
        ]),
        Section(translate("PremisesForms", "Safety"), [
            FormField("people_present", "flag"),
            FormField("ventilated_min", "whole"),
            FormField("rinsed", "flag"),
            FormField("operator", "text"),
            FormField("trained", "flag"),
            FormField("reason", "text"),
            FormField("ppe", "many", choices("ppe", ProtectiveItem), wide=True),
        ]),
    ]  # fmt: skip


_OFTEN_MIXED = (Agent.ETHANOL, Agent.HYDROGEN_PEROXIDE, Agent.PERACETIC, Agent.IODOPHOR)


def _pick(name: str, codes: Sequence[tuple[str, str]], label: str = "") -> FormField:
    return FormField(name, "choice", codes, label=label, required=True)


def _flags(*names: str, when: bool) -> list[FormField]:
    return [FormField(name, "flag") for name in names] if when else []
