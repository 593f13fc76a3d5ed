"""`python -m tests.migrations_current`: exits 1, listing the differences, unless the migrations build the tables."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from store.migrations import migrate
from store.schema import Table, is_compared


def differences(url: str) -> list[str]:
    """What the tables in the code have that a migrated database lacks, and the other way round."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_compared})
            return [_line(difference) for difference in compare_metadata(context, Table.metadata)]
    finally:
        engine.dispose()


def _line(difference: Any) -> str:
    # Changes of one column come as a list of one or more tuples, everything else as one tuple.
    parts = difference if isinstance(difference, list) else [difference]
    return "; ".join(" ".join(str(item) for item in part) for part in parts)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'current.sqlite'}"
        migrate(url)
        found = differences(url)
    for line in found:
        print(line)
    print(f"migrations: {len(found)} differences from store/tables.py" if found else "migrations: current")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
