"""Reads the YAML files that hold the words of the rules."""

from pathlib import Path
from typing import Any

import yaml

from errors import InvalidInput


def read_words(path: Path, *sections: str) -> dict[str, Any]:
    """The mapping that `path` holds. Raises InvalidInput in one line when it is none or lacks one of `sections`."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise InvalidInput(where, "is no YAML", "words by kind and language") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(str(path), f"cannot be read: {error}", "a YAML file in UTF-8") from error
    missing = [name for name in sections if not isinstance(content, dict) or name not in content]
    if missing or not isinstance(content, dict):
        raise InvalidInput(str(path), f"lacks {', '.join(missing) or 'a mapping'}", "words by kind and language")
    return content
