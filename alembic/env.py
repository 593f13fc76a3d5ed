"""Runs migrations: in the transaction that the caller gives, or on the database of `alembic -x url=…`."""

from alembic import context
from sqlalchemy import Connection

from errors import InvalidInput
from store.address import parse
from store.engines import writing_engine
from store.tables import Table


def _upgrade(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,  # SQLite alters a table by making it anew
        transactional_ddl=True,  # our SQLite engine begins every transaction itself, so DDL rolls back there too
    )
    with context.begin_transaction():
        context.run_migrations()


def _address() -> str:
    url = context.get_x_argument(as_dictionary=True).get("url")
    if not url:
        raise InvalidInput("alembic", "no database given", "alembic -x url=sqlite:///PATH …")
    return url


def _main() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        _upgrade(given)
        return
    url = parse(_address())
    if context.is_offline_mode():
        context.configure(url=url, target_metadata=Table.metadata, literal_binds=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    finally:
        engine.dispose()


_main()
