"""Takes chat requests, gives the loopback model's answers, a share of them with one fault each.

The law: where `LoopbackServer` lets faults of segments strike each text at its rate, this one
lets them strike each answer at its rate, in one text that offers a hold. Which one is decided by
the seed and the texts alone.
"""

from __future__ import annotations

from tests.servers import translators
from tests.servers.faults import LINE_FAULTS, SEGMENT_FAULTS, Line, chance, strike
from tests.servers.loopback import LoopbackServer
from tests.servers.reading import ModelTask

__all__ = ["OneFaultServer"]


class OneFaultServer(LoopbackServer):
    """`faults` are shares of answers, of all kinds."""

    def _lines(self, task: ModelTask, scripted: str | None) -> list[Line]:
        translate = self._translator or translators.for_language(task.language)
        lines = [Line(one, translate(one.text, one.kind)) for one in task.wanted]
        key = "\n".join(one.text for one in task.wanted)
        for kind in self._faults:
            if kind not in SEGMENT_FAULTS and kind not in LINE_FAULTS:
                continue
            attempt = self._count(kind, task.language, key)
            pick = self._strikes(kind, scripted, key, attempt)
            if pick is None:
                continue
            start = int(chance(self._seed, kind, "where", key, attempt) * len(lines))
            for step in range(len(lines)):
                changed = strike(kind, lines, (start + step) % len(lines), pick)
                if changed is not None:
                    self.injected[kind] += 1
                    lines = changed
                    break
        return lines
