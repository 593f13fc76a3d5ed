"""Finds the message ids in our source: what Translator.text, .plural, mark and mark_plural are given."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SINGULAR = {"text", "mark", "_"}
PLURAL = {"plural", "mark_plural"}


def messages(folder: str) -> set[tuple[str, str | None]]:
    """(message, None) and (one, many) for every message id in a folder's modules."""
    return {
        found
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for found in _of_call(node)
    }


def _of_call(call: ast.Call) -> Iterator[tuple[str, str | None]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in SINGULAR and call.args:
        yield from ((text, None) for text in _constants(call.args[0]))
    if name in PLURAL and len(call.args) >= 2:
        yield from zip(_constants(call.args[0]), _constants(call.args[1]), strict=True)


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_constants(node.body), *_constants(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def labels() -> set[str]:
    """The texts that stand on buttons: those of Translator.text within Button(...)."""
    return {text for call in _calls("Button") if call.args for text in _texts_within(call.args[0])}


def toasts() -> set[str]:
    """The texts that are shown for a moment over the chat: those given as `toast`."""
    given = [keyword.value for call in _calls("Answer") for keyword in call.keywords if keyword.arg == "toast"]
    return {text for node in given for text in _texts_within(node)}


def _calls(name: str) -> Iterator[ast.Call]:
    for path in sorted((ROOT / "chat").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def _texts_within(node: ast.expr) -> set[str]:
    return {one for part in ast.walk(node) if isinstance(part, ast.Call) for one, _ in _of_call(part)}
