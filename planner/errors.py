"""Errors that carry a text's id, so that every reader is told in their own language."""

from __future__ import annotations


class PlannerError(Exception):
    """A mistake a user can mend: `code` is an id in the text catalogues, `values` its placeholders.

    The interface and the command line look the sentence up by `code`; `str(error)` is for logs and
    for callers without a catalogue.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code} ({details})" if details else self.code
