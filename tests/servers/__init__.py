"""Servers that run on 127.0.0.1 for the tests; `loopback` plays an OpenAI-compatible model."""

from tests.servers.faults import KINDS
from tests.servers.loopback import MODEL, LoopbackServer
from tests.servers.translators import accented, from_mapping, unaccented

__all__ = ["KINDS", "MODEL", "LoopbackServer", "accented", "from_mapping", "unaccented"]
