"""Runs migrations: in the transaction that the caller gives, or on the database of `alembic -x url=…`."""

from alembic import context
from alembic.util import CommandError
from sqlalchemy import URL, Connection

from errors import InvalidInput
from store.address import parse
from store.engines import writing_engine
from store.schema import Table, is_compared


def _upgrade(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        include_name=is_compared,
        render_as_batch=True,  # SQLite alters a table by making it anew
        transactional_ddl=True,  # our SQLite engine begins every transaction itself, so DDL rolls back there too
    )
    with context.begin_transaction():
        context.run_migrations()


def _url() -> URL:
    address = context.get_x_argument(as_dictionary=True).get("url")
    if not address:
        raise CommandError("no database given; expected alembic -x url=sqlite:///PATH …")
    try:
        return parse(address)
    except InvalidInput as error:
        raise CommandError(str(error)) from error


def _main() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        _upgrade(given)
        return
    url = _url()
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
