"""Closed lists about premises: isolation sites and stays, disinfection. Source of the terms: the trade's glossary."""

from __future__ import annotations

from enum import StrEnum


class SiteKind(StrEnum):
    """The two kinds of isolation site an enterprise keeps; they are never mixed."""

    OBSERVATION_POINT = "observation_point"
    EMERGENCY_AREA = "emergency_area"


class Ownership(StrEnum):
    """Whose premises an isolation site uses."""

    OWN = "own"
    PARK_SHARED = "park_shared"
    CONTRACT_HOTEL = "contract_hotel"
    GOVERNMENT = "government"


class Ventilation(StrEnum):
    """How a room gets fresh air."""

    NATURAL = "natural"
    MECHANICAL = "mechanical"
    CENTRAL_AC = "central_ac"
    NONE = "none"


class Sewage(StrEnum):
    """Where excreta and waste water of an isolation site go."""

    OWN_TANK = "own_tank"
    COLLECTED_DISINFECTED = "collected_disinfected"
    MUNICIPAL_UNTREATED = "municipal_untreated"


class TransferVehicle(StrEnum):
    """What takes a person to the fever clinic."""

    AMBULANCE_120 = "ambulance_120"
    DESIGNATED_CAR = "designated_car"
    NONE = "none"


class RoomState(StrEnum):
    """Whether an isolation room can take somebody in."""

    READY = "ready"
    CLEANING = "cleaning"
    CLOSED = "closed"


class StayReason(StrEnum):
    """Why a person is observed."""

    HIGH_RISK_AREA = "high_risk_area"
    CLOSE_CONTACT = "close_contact"
    SYMPTOM = "symptom"
    OTHER = "other"


class StayOutcome(StrEnum):
    """How an observation ended."""

    RELEASED = "released"
    TRANSFERRED = "transferred"
    LEFT_WITHOUT_PERMISSION = "left_without_permission"


class PlaceType(StrEnum):
    """What kind of place was disinfected."""

    WORKSHOP = "workshop"
    OFFICE = "office"
    MEETING_ROOM = "meeting_room"
    CANTEEN = "canteen"
    KITCHEN = "kitchen"
    DORMITORY = "dormitory"
    TOILET = "toilet"
    LIFT = "lift"
    STAIRS_CORRIDOR = "stairs_corridor"
    ENTRANCE = "entrance"
    VEHICLE = "vehicle"
    WAREHOUSE = "warehouse"
    ISOLATION_ROOM = "isolation_room"
    WASTE_POINT = "waste_point"
    AC_SYSTEM = "ac_system"
    OUTDOOR = "outdoor"


class Situation(StrEnum):
    """Why a place is disinfected."""

    PREVENTIVE = "preventive"
    EPIDEMIC_FOCUS = "epidemic_focus"
    VISIBLE_POLLUTION = "visible_pollution"


class Agent(StrEnum):
    """Disinfecting agents and means."""

    CHLORINE = "chlorine"
    HYPOCHLOROUS = "hypochlorous"
    ETHANOL = "ethanol"
    CHLORINE_DIOXIDE = "chlorine_dioxide"
    PERACETIC = "peracetic"
    HYDROGEN_PEROXIDE = "hydrogen_peroxide"
    QUAT = "quat"
    IODOPHOR = "iodophor"
    UV = "uv"
    HEAT = "heat"
    CHLORHEXIDINE = "chlorhexidine"


class DisinfectionMethod(StrEnum):
    """How an agent is applied."""

    WIPE = "wipe"
    MOP = "mop"
    SPRAY = "spray"
    SOAK = "soak"
    AEROSOL = "aerosol"
    STEAM = "steam"
    BOIL = "boil"
    UV = "uv"
    WASH_MACHINE = "wash_machine"


class StockUnit(StrEnum):
    """How the strength of a product is stated."""

    PERCENT = "%"
    MG_PER_L = "mg/L"
    MG_PER_TABLET = "mg/tablet"


class DoseUnit(StrEnum):
    """What a dose is measured against."""

    ML_PER_M2 = "mL/m2"
    ML_PER_M3 = "mL/m3"


class EmergencyStep(StrEnum):
    """What is done when somebody shows a symptom at work, in this order; each with its moment."""

    FOUND = "found"
    MASKED = "masked"
    ISOLATED = "isolated"
    LEAD_TOLD = "lead_told"
    AUTHORITY_TOLD = "authority_told"
    TRANSFERRED = "transferred"
    DISINFECTED = "disinfected"
    CONTACTS_LISTED = "contacts_listed"
    RESULT_RECEIVED = "result_received"
    REOPENED = "reopened"


class Substance(StrEnum):
    """What is no disinfecting agent but must not come together with one."""

    ACID = "acid"
    SOAP = "soap"


class KitItem(StrEnum):
    """What lies ready in an emergency room."""

    THERMOMETER = "thermometer"
    SURGICAL_MASK = "surgical_mask"
    N95 = "n95"
    GLOVES = "gloves"
    GOWN = "gown"
    EYE_PROTECTION = "eye_protection"
    HAND_RUB = "hand_rub"
    ALCOHOL = "alcohol"
    CHLORINE = "chlorine"
    PEDAL_BIN = "pedal_bin"


class ProtectiveItem(StrEnum):
    """What the operator of a disinfection wears."""

    MASK = "mask"
    GLOVES = "gloves"
    GOWN = "gown"
    EYE_PROTECTION = "eye_protection"


class Trigger(StrEnum):
    """What makes a disinfection due where the clock does not."""

    USE = "use"
    TRIP = "trip"
    CASE = "case"
    NEED = "need"
