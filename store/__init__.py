"""Everything that is kept; with alembic/ the only folder that knows SQL."""
