"""The signals, facilities and statuses that the whole project shares; docs/glossary.md defines the words."""

from dataclasses import dataclass
from enum import StrEnum


class Signal(StrEnum):
    TERRITORY_CAPTURED = "territory_captured"
    ARMED_CLASH = "armed_clash"
    REMOTE_VIOLENCE = "remote_violence"
    FACILITY_ATTACKED = "facility_attacked"
    CIVILIANS_ATTACKED = "civilians_attacked"
    DISPLACEMENT = "displacement"
    ACCESS_BLOCKED = "access_blocked"
    CEASEFIRE_BROKEN = "ceasefire_broken"
    FOREIGN_INTERVENTION = "foreign_intervention"
    MOBILISATION = "mobilisation"
    UNREST = "unrest"
    DEESCALATION = "deescalation"


class Facility(StrEnum):
    HEALTH = "health"
    SCHOOL = "school"
    CAMP = "camp"
    AID = "aid"
    WORSHIP = "worship"
    UN = "un"
    UTILITY = "utility"
    MARKET = "market"
    MEDIA = "media"
    TRANSPORT = "transport"
    RESIDENTIAL = "residential"
    OTHER = "other"


class Status(StrEnum):
    """Status of the main claim."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    WARNED = "warned"


class Fault(StrEnum):
    """What a reader may find wrong with an alert: a verdict."""

    NOT_AN_EVENT = "not_an_event"
    WRONG_PLACE = "wrong_place"
    WRONG_KIND = "wrong_kind"
    OLD_NEWS = "old_news"


@dataclass(frozen=True, slots=True)
class SignalFacts:
    """`acled`: ACLED sub-event types (codebook of 2023); `plover`: PLOVER event types. Empty: no counterpart."""

    name: str
    description: str
    acled: tuple[str, ...]
    plover: tuple[str, ...]


SIGNALS: dict[Signal, SignalFacts] = {
    Signal.TERRITORY_CAPTURED: SignalFacts(
        "Territory captured",
        "A town, village, base, airport, border post or district is entered, taken, retaken or lost, by any side.",
        (
            "Non-state actor overtakes territory",
            "Government regains territory",
            "Non-violent transfer of territory",
        ),
        ("ASSAULT",),
    ),
    Signal.ARMED_CLASH: SignalFacts(
        "Armed clash",
        "Ground fighting, ambush, offensive, advance, or attack on soldiers or police by an armed group.",
        ("Armed clash",),
        ("ASSAULT",),
    ),
    Signal.REMOTE_VIOLENCE: SignalFacts(
        "Shelling, strike or bombing",
        "Air, drone, missile, rocket or artillery strike, shelling, mine, improvised, suicide or car bomb.",
        (
            "Air/drone strike",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Suicide bomb",
            "Grenade",
            "Chemical weapon",
        ),
        ("ASSAULT",),
    ),
    Signal.FACILITY_ATTACKED: SignalFacts(
        "Protected site attacked",
        "A protected civilian site, its staff or vehicles are hit, looted, burned, occupied or under fire.",
        ("Looting/property destruction",),
        ("ASSAULT",),
    ),
    Signal.CIVILIANS_ATTACKED: SignalFacts(
        "Attack on civilians",
        "Armed actors kill, massacre, execute, abduct, rape, torture or mass-arrest civilians.",
        ("Attack", "Abduction/forced disappearance", "Sexual violence", "Arrests"),
        ("ASSAULT", "COERCE"),
    ),
    Signal.DISPLACEMENT: SignalFacts(
        "People fleeing", "People flee, are evacuated or expelled because of violence.", (), ("COERCE",)
    ),
    Signal.ACCESS_BLOCKED: SignalFacts(
        "Access blocked",
        "Siege or blockade; road, airport or border closed; aid suspended or obstructed; internet cut; curfew, "
        "martial law or state of emergency.",
        (),
        ("COERCE", "SANCTION"),
    ),
    Signal.CEASEFIRE_BROKEN: SignalFacts(
        "Ceasefire broken",
        "A truce is violated or ended, talks collapse or are rejected, or a party leaves a deal.",
        (),
        ("REJECT",),
    ),
    Signal.FOREIGN_INTERVENTION: SignalFacts(
        "Foreign intervention",
        "Foreign troops, mercenaries or aircraft enter, deploy, strike or openly join; an attack across a border.",
        (),
        ("MOBILIZE", "ASSAULT"),
    ),
    Signal.MOBILISATION: SignalFacts(
        "Build-up or threat",
        "Build-up, reinforcement, call-up, ultimatum, threat or official warning of an attack, embassy evacuation.",
        (),
        ("MOBILIZE", "THREATEN"),
    ),
    Signal.UNREST: SignalFacts(
        "Coup or deadly unrest",
        "A coup or attempt, mutiny, deadly riot or crackdown, or assassination of a political or military leader.",
        ("Mob violence", "Excessive force against protesters", "Violent demonstration"),
        ("PROTEST", "COERCE"),
    ),
    Signal.DEESCALATION: SignalFacts(
        "De-escalation",
        "Ceasefire agreed, extended or holding; withdrawal; release of prisoners or hostages; peace deal; blockade "
        "lifted; aid let in.",
        ("Agreement",),
        ("AGREE", "YIELD", "RETREAT"),
    ),
}
