"""The tables of rising levels."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from alerts.types import Severity
from store.telling_tables import MatterRow, TellingRow, about_id, matters, tellings


class RiseRow(MatterRow):
    """A rise of a region's level. `region`: its key (alerts.levels); `body`: the standing that is told."""

    __tablename__ = "level_rises"

    region: Mapped[str]
    day: Mapped[date]
    severity: Mapped[Severity]

    __table_args__ = (UniqueConstraint("region", "day", name="uq_level_rises_region_day"), *matters(__tablename__))


class RiseTellingRow(TellingRow):
    """What one chat is told of one rise."""

    __tablename__ = "level_tellings"

    about_id: Mapped[int] = about_id("rise_id", RiseRow.__tablename__)

    __table_args__ = tellings(__tablename__, "rise_id")
