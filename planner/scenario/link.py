"""A scenario as a piece of an address: canonical JSON, compressed, in the letters a link may have.

The mark in front says how the rest is written. A later version writes another mark and goes on
reading this one: links made once must open for ever.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from planner.errors import PlannerError
from planner.scenario.checks import MOST_BYTES
from planner.scenario.reading import from_json
from planner.scenario.value import Scenario

MARK = 1
# What random text of MOST_BYTES takes: it can't be compressed, and base64 makes four of three.
LONGEST_LINK = 43_000
_LINK = re.compile(r"([1-9][0-9]{0,3})\.([A-Za-z0-9_-]+)")


def to_link(scenario: Scenario) -> str:
    """The scenario in letters, digits, "-", "_" and "."; `from_link` gives it back unchanged."""
    # with its checksum, so that a link that lost or changed a letter is noticed
    packed = zlib.compress(scenario.to_json().encode(), 9)
    return f"{MARK}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def from_link(text: str) -> Scenario:
    """The scenario of a link, not yet checked; PlannerError where it is damaged or newer."""
    found = _LINK.fullmatch(text)
    if found is None or len(text) > LONGEST_LINK:
        raise PlannerError("error.link_damaged")
    if int(found[1]) > MARK:
        raise PlannerError("error.link_newer")
    return from_json(_unpacked(found[2]))


def _unpacked(packed: str) -> str:
    """The JSON behind the mark; never more than MOST_BYTES are unpacked."""
    unpacker = zlib.decompressobj()
    try:
        data = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        text = unpacker.decompress(data, MOST_BYTES + 1)
        if len(text) > MOST_BYTES or not unpacker.eof or unpacker.unused_data:
            raise PlannerError("error.link_damaged")
        return text.decode("utf-8")
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise PlannerError("error.link_damaged") from error
