"""The one error tree. Foreign errors are translated into it where they enter."""


class TocsinError(Exception):
    """Base of every error that Tocsin raises on purpose."""


class InvalidInput(TocsinError):
    """Somebody's input cannot be used.

    The message is one line for the person who can mend it: where (file and line, field, or variable), what was
    found, what is expected. `bot.py` prints it and exits with code 2.
    """

    def __init__(self, where: str, problem: str, expected: str | None = None) -> None:
        self.where = where
        self.problem = problem
        self.expected = expected
        super().__init__(f"{where}: {problem}" + (f"; expected {expected}" if expected else ""))
