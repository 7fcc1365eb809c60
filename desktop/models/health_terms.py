"""Closed lists of the health files. Source of the terms: the trade's glossary."""

from __future__ import annotations

from enum import StrEnum


class IdKind(StrEnum):
    """What paper a person's number is from."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    PERMIT = "permit"
    OTHER = "other"


class Sex(StrEnum):
    """As the paper states it."""

    MALE = "male"
    FEMALE = "female"


class Employment(StrEnum):
    """How a person is employed."""

    OWN = "own"
    DISPATCHED = "dispatched"
    CONTRACTOR = "contractor"
    INTERN = "intern"
    VISITOR_LONG = "visitor_long"


class Housing(StrEnum):
    """Where a person lives."""

    DORMITORY = "dormitory"
    RENTED = "rented"
    OWN = "own"
    OTHER = "other"


class ReturnStatus(StrEnum):
    """Whether a person is back at work."""

    ON_DUTY = "on_duty"
    OBSERVING = "observing"
    NOT_RETURNED = "not_returned"
    LEFT = "left"


class HealthCode(StrEnum):
    """Colour of the health code."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


class ContactCase(StrEnum):
    """Contact with a case."""

    NONE = "none"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"


class TransportMode(StrEnum):
    """How a person came back."""

    CHARTERED_BUS = "chartered_bus"
    TRAIN = "train"
    COACH = "coach"
    FLIGHT = "flight"
    OWN_CAR = "own_car"
    OTHER = "other"


class Carrier(StrEnum):
    """Whose message service told the places a phone has been."""

    TELECOM = "telecom"
    MOBILE = "mobile"
    UNICOM = "unicom"
    OTHER = "other"


class NoResultReason(StrEnum):
    """Why a roaming query told nothing."""

    NO_PHONE = "no_phone"
    NUMBER_NOT_OWN = "number_not_own"
    FOREIGN_SIM = "foreign_sim"
    SERVICE_DOWN = "service_down"
    REFUSED = "refused"


class Slot(StrEnum):
    """Half of the day in which a reading is due."""

    AM = "am"
    PM = "pm"


class ThermometerKind(StrEnum):
    """What a temperature was taken with."""

    EAR = "ear"
    FOREHEAD = "forehead"
    MERCURY = "mercury"
    THERMAL_GATE = "thermal_gate"


class Symptom(StrEnum):
    """Symptoms asked for every day."""

    FEVER = "fever"
    COUGH = "cough"
    SORE_THROAT = "sore_throat"
    FATIGUE = "fatigue"
    CHEST_TIGHTNESS = "chest_tightness"
    DYSPNOEA = "dyspnoea"
    DIARRHOEA = "diarrhoea"
    VOMITING = "vomiting"
    CONJUNCTIVITIS = "conjunctivitis"
    MUSCLE_ACHE = "muscle_ache"
