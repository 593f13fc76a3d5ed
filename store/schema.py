"""All tables, for what has to see every one of them: migrations and their check. Modules of tables are named here."""

from store import digest_tables, level_tables, mute_tables, operating_tables, share_tables
from store.tables import SEARCH_INDEX, Table, is_compared

__all__ = [
    "SEARCH_INDEX",
    "Table",
    "digest_tables",
    "is_compared",
    "level_tables",
    "mute_tables",
    "operating_tables",
    "share_tables",
]
