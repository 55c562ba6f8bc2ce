"""An article, its published translation and its ledger section in, what is already translated out.

Law: a text that a person wrote or changed is in the result, in its place or by name among what
is lost; and a segment whose source is as it was recorded is known with the very published
words. Links and tags may have changed meanwhile, and everything may have moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from translate_pipeline.article import Article
from translate_pipeline.article.protect import LETTER
from translate_pipeline.memory import align, identity, places, structure
from translate_pipeline.memory.frame import data_of, frame_digest, head_digests
from translate_pipeline.memory.ledger import digest
from translate_pipeline.memory.places import Place, Places
from translate_pipeline.memory.published import FIELDS, parsed, pieces, unit_digest
from translate_pipeline.memory.reading import carried, children_of, dressed
from translate_pipeline.memory.recovered import Known, Recovered, entries_of
from translate_pipeline.memory.section import NONE, Line, Section
from translate_pipeline.model import Maker, Segment

__all__ = ["Known", "Recovered", "entries_of", "recover"]


def recover(article: Article, target_text: str, section: Section | None) -> Recovered:
    """What is known of the translations of `article` from its published target.

    `article` is the source as it is now, as it was placed; `section` what was recorded when
    the target was written, None if nothing was: then all that aligns beyond doubt by structure
    is `Maker.IMPORTED`. Raises ArticleError for a target that cannot be parsed.
    """
    theirs = parsed(article, target_text)
    if section is None:
        known = {
            number: Known(target, Maker.IMPORTED)
            for number, target in structure.aligned(article, theirs).items()
        }
        doubtful = tuple(s.id for s in article.segments if s.id not in known)
        return Recovered(known=known, doubtful=doubtful)
    untouched = digest(target_text.encode()) == section.target_digest
    return _Recovery(article, theirs, section, untouched).result()


class _Recovery:
    """One recovery: lines found in the source by key, in the target by text."""

    def __init__(
        self, article: Article, theirs: Article, section: Section, untouched: bool
    ) -> None:
        self.article = article
        self.theirs = theirs
        self.section = section
        self.untouched = untouched
        self.lines: Sequence[Line] = section.lines
        self.keys = [identity.short(identity.key(segment)) for segment in article.segments]
        self.line_of = self._lines_of_segments()
        sources = {line: article.segments[number - 1] for number, line in self.line_of.items()}
        self.places: Places = places.find(self.lines, sources, theirs)
        self.found = dict(self.places.found)
        self.children = children_of(article)
        heads = theirs.front_matter.fields if theirs.front_matter is not None else ()
        self.values = {field.key: field.value for field in heads}
        self.known: dict[int, Known] = {}
        self.edited: set[int] = set()
        self.inside: dict[int, str] = {}  # prose in a token, read with its parent

    def result(self) -> Recovered:
        for segment in self.article.segments:
            self._recover(segment)
        self._unplaced()
        self._copies()
        earlier, used = self._earlier()
        lost = tuple(self._lost(used))
        head, removed, fixed = self._head()
        frame_edited = (
            self.places.moved
            or fixed
            or any(number not in self.known for number in self.edited)
            or frame_digest(self.theirs) != self.section.frame
        )
        return Recovered(
            known=dict(sorted(self.known.items())),
            edited=frozenset(self.edited),
            earlier=earlier,
            lost=lost,
            added=tuple(unit.text for unit in self.places.added) if not self.untouched else (),
            frame_edited=frame_edited,
            head=head,
            head_removed=removed,
        )

    def _lines_of_segments(self) -> dict[int, int]:
        """Segment id → its line: by what the source says, wherever it stands now."""
        recorded = [line.source for line in self.lines]
        pairs = align.in_order(self.keys, recorded)
        pairs += align.moved(self.keys, recorded, pairs)
        return {i + 1: j for i, j in pairs}

    def _maker(self, line: Line, place: Place) -> Maker:
        edited = place.edited and not self.untouched
        return Maker.PERSON if edited else line.maker

    def _recover(self, segment: Segment) -> None:
        index = self.line_of.get(segment.id)
        if index is None:
            return
        line, place = self.lines[index], self.found.get(index)
        if segment.id in self.inside:
            place = self._inside(segment, line, self.inside[segment.id])
            self.found[index] = place
        if place is None:
            return
        if place.edited and not self.untouched:
            self.edited.add(segment.id)
        target = self._carried(segment, line, place)
        maker = self._maker(line, place)
        if target is not None and (line.trusted or maker is Maker.PERSON):
            self.known[segment.id] = Known(target, maker)

    def _inside(self, segment: Segment, line: Line, text: str) -> Place:
        """Prose in a token, found there: in its sequence it may have any neighbours."""
        unit = segment._replace(text=" ".join(text.split()), tokens=(), start=0, end=0)
        if line.target == NONE:
            return Place(unit, LETTER.search(text) is not None)
        return Place(unit, unit_digest(unit) != line.target)

    def _carried(self, segment: Segment, line: Line, place: Place) -> str | None:
        """The published text of `place` as a target of `segment`."""
        unit = place.unit
        if segment.kind in FIELDS:
            raw = self.values.get(unit.key, unit.text)
        elif not unit.end:
            raw = self.inside[segment.id]
        else:
            raw = self.theirs.source[unit.start : unit.end].decode(errors="replace")
        children = self.children.get(segment.id, ())
        worn, texts = dressed(self.article, segment, children, unit, raw)
        self.inside |= texts
        edited = place.edited and not self.untouched
        return carried(self.article, worn, unit, raw, wanted=line.order, edited=edited)

    def _unplaced(self) -> None:
        """Lines without a place: prose in a token that moved with it, a target without a letter.

        What is not even there was taken out or torn apart by a person.
        """
        there = None
        for number, index in self.line_of.items():
            line = self.lines[index]
            if number in self.known or index in self.found:
                continue
            text = self.inside.get(number)
            if text is None:
                there = pieces(self.article, self.theirs) if there is None else there
                text = there[number].target if number in there else None
            edited = line.target != NONE and not self.untouched
            if edited:
                self.edited.add(number)
            if text and (line.trusted or edited):
                self.known[number] = Known(text, Maker.PERSON if edited else line.maker)

    def _copies(self) -> None:
        """Segments that are there more often than before: what one says, all say."""
        best: dict[str, tuple[Line, Place]] = {}
        for index, line in enumerate(self.lines):
            place = self.found.get(index)
            if place is None or not (line.trusted or self._maker(line, place) is Maker.PERSON):
                continue
            if line.source not in best or self._maker(line, place) is Maker.PERSON:
                best[line.source] = line, place
        for segment in self.article.segments:
            if segment.id in self.known or segment.id in self.edited:
                continue
            if (key := self.keys[segment.id - 1]) in best:
                line, place = best[key]
                target = self._carried(segment, line, place)
                if target is not None:
                    self.known[segment.id] = Known(target, self._maker(line, place))

    def _earlier(self) -> tuple[dict[int, Known], set[int]]:
        """What stood where a segment is not known now; and the lines that this uses."""
        earlier: dict[int, Known] = {}
        used: set[int] = set()
        matched = set(self.line_of.values())
        run: list[Segment] = []
        before = -1
        for segment in (*self.article.segments, None):
            index = self.line_of.get(segment.id) if segment is not None else len(self.lines)
            if segment is not None and index is None:
                if segment.id not in self.known and not segment.keep:
                    run.append(segment)
                continue
            assert index is not None  # noqa: S101 - for the type checker
            if run:
                end = index if index > before else before + 1
                if index <= before:  # its neighbours stood elsewhere: up to the next that is left
                    while end < len(self.lines) and end not in matched:
                        end += 1
                gone = [i for i in range(before + 1, end) if i not in matched and i not in used]
                for number, old in self._replaced(run, gone):
                    used.add(old)
                    place = self.found[old]
                    earlier[number] = Known(place.unit.text, self._maker(self.lines[old], place))
                run = []
            before = index
        for number, line in self.line_of.items():
            place_ = self.found.get(line)
            if number in self.known or place_ is None:
                continue
            maker = self._maker(self.lines[line], place_)
            if self.lines[line].trusted or maker is Maker.PERSON:
                earlier[number] = Known(place_.unit.text, maker)
        return earlier, used

    def _replaced(self, run: Sequence[Segment], gone: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs of new segments and lines whose source is gone, from one gap."""
        there = [
            i
            for i in gone
            if i in self.found
            and (self.lines[i].trusted or self._maker(self.lines[i], self.found[i]) is Maker.PERSON)
        ]
        if len(run) == len(there):
            for segment, index in zip(run, there, strict=True):
                yield segment.id, index
            return
        position = 0
        for segment in run:
            wanted = places.shape(segment, with_marks=False)
            for at in range(position, len(there)):
                unit = self.found[there[at]].unit
                if places.shape(unit, with_marks=False) == wanted:
                    yield segment.id, there[at]
                    position = at + 1
                    break

    def _lost(self, used: Collection[int]) -> Iterator[str]:
        matched = set(self.line_of.values())
        for index, line in enumerate(self.lines):
            place = self.found.get(index)
            if place is None or index in matched or index in used:
                continue
            if self._maker(line, place) is Maker.PERSON:
                yield place.unit.text

    def _head(self) -> tuple[dict[str, object], frozenset[str], bool]:
        """What a person set in the front matter, what they took out, and if either stays so."""
        data, digests, recorded = data_of(self.theirs), head_digests(self.theirs), self.section.head
        prose = {segment.key for segment in self.article.segments if segment.kind in FIELDS}
        changed = {k for k, short in digests.items() if recorded.get(k) != short} - prose
        head = {key: data[key] for key in changed if isinstance(data[key], str | int | float)}
        removed = frozenset(recorded.keys() - digests.keys())
        return head, removed, len(head) < len(changed) or bool(removed)
