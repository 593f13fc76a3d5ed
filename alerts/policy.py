"""What is sure enough and fresh enough to wake people for: the constants of alerting, in one place."""

from collections.abc import Mapping
from datetime import timedelta

from places.types import Precision

# Older news is stored without a word: whoever polls a feed for the first time must not be told last week's war.
FRESH = timedelta(hours=24)

# Calibrated probability that an article is news of conflict, of the surest of an incident's reports. Under a tenth of a
# raw stream is such news, so that the 0.5 of an even sample would let through about as many false alarms as events
# (docs/decisions/0006-severity.md has the count). The fall of a town is rare and grave: it is told on less.
RELEVANCE_FLOOR = 0.92
RELEVANCE_FLOOR_CAPTURED = 0.8

# World desks carry features, films and sport about everywhere, where an outlet's news of a town of its own country is
# mostly just that.
RELEVANCE_FLOOR_AT_HOME = 0.8

# Those who run hospitals and convoys tell of an attack on one because it was attacked.
RELEVANCE_FLOOR_AID_ATTACKED = 0.8

# Features and films are seldom about the deeds of an armed group with a name: of 13 items of the set for choosing that
# lie between this floor and the one for all, 11 were news of conflict.
RELEVANCE_FLOOR_ARMED_GROUP = 0.8

# With two independent outlets each may be a little less sure.
RELEVANCE_FLOOR_CORROBORATED = 0.9

# How sure the place must be. The resolver is modest: of 92 relevant items of the set kept aside with a town at 0.4 to
# 0.9, 88 were in the right country, as were all nine at 0.4 to 0.5.
PLACE_FLOOR: Mapping[Precision, float] = {
    Precision.PLACE: 0.4,
    Precision.ADMIN2: 0.4,
    Precision.ADMIN1: 0.4,
    Precision.COUNTRY: 0.3,
}

# A place that moved further than its uncertainty by so much was wrong before, not only coarser.
MOVED_KM = 25.0
