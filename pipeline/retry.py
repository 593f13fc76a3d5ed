"""When a delivery that failed is tried again: a policy apart from the sending."""

from datetime import datetime, timedelta

from pipeline.channel import ChannelError, RetryLater

FIRST_S = 2.0
LONGEST_S = 15 * 60.0


def retry_at(attempts: int, error: ChannelError, now: datetime, jitter: float) -> datetime:
    """The next try after `attempts` failed ones (1 or more): doubling from 2 s to 15 min, never given up.

    `jitter` in [0, 1) spreads it over the following quarter of the wait, so that chats do not come back together.
    What the service asks for is kept to the letter.
    """
    if isinstance(error, RetryLater):
        return now + timedelta(seconds=error.after_s)
    wait = min(FIRST_S * 2.0 ** min(attempts - 1, 20), LONGEST_S)
    return now + timedelta(seconds=wait * (1 + jitter / 4))
