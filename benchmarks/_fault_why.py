"""A kind of fault in, the reason why it misses a target out.

The law: a reason says what would have to be different; `_fault_page.py` asks for it only where
the numbers miss.
"""

from __future__ import annotations

__all__ = ["WHY"]

WHY: dict[str, str] = {}
