"""An article and its targets in, the translated text out, proven.

Law: outside the segments' spans, and the front matter keys that are set, the output is the
source byte for byte; and it parses to the same structure, or StructureError names the
guilty segments and nothing may be written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import chain, repeat

from translate_pipeline.article import (
    anchors,
    front_matter,
    heading_labels,
    heading_links,
    parser,
    prose_slots,
    skeleton,
)
from translate_pipeline.article.article import Article
from translate_pipeline.article.leaves import collect
from translate_pipeline.article.restore import WHITE_SPACE, restore
from translate_pipeline.article.same_syntax import active, same_syntax
from translate_pipeline.article.shadow import Shadow, cast
from translate_pipeline.errors import ArticleError, SegmentError, StructureError
from translate_pipeline.model import Kind, Segment

__all__ = ["merge", "prove", "splice"]

_FIRST_KINDS = (Kind.TITLE, Kind.FRONT_MATTER)


def merge(article: Article, targets: Mapping[int, str], values: Mapping[str, object]) -> str:
    """The translated article.

    `targets` maps segment ids to targets in protected form; a missing one, or one equal to
    the segment's text, leaves the source bytes as they are. `values` are front matter keys
    to set (`{"lang": "de", "translated": True}`); an article without front matter gets none.

    Raises SegmentError for a target that cannot stand in its place, FrontMatterError, and
    StructureError when the merged article is not the source's structure.
    """
    output = splice(article, targets, values)
    fault = prove(article, output)
    if fault:
        guilty = _guilty(article, targets, values)
        raise StructureError(
            f"the translation would change the article's structure: {fault}", segments=guilty
        )
    return output.decode()


def splice(article: Article, targets: Mapping[int, str], values: Mapping[str, object]) -> bytes:
    """`merge` without the proof. Raises SegmentError and FrontMatterError as `merge` does."""
    source = article.source
    pieces: list[bytes] = []
    position = 0
    head = article.front_matter
    if head is not None:
        fields = {
            segment.key: restore(article, segment, targets[segment.id])
            for segment in article.segments[: len(head.fields)]
            if segment.kind in _FIRST_KINDS
            and targets.get(segment.id, segment.text) != segment.text
        }
        if fields or values:
            pieces.append(source[: head.start])
            pieces.append(front_matter.write(source, head, fields, values))
            position = head.end
    children = _changed_children(article, targets) if article.nested else {}
    changed: list[Segment] = []
    bare: list[str] = []  # their targets without white space around them
    wanted = targets.get
    pins, body = article.pins, article.body
    # Unpacked, since each field of a named tuple that is read by name costs as much as all.
    for segment in article.segments:
        number, _, text, start, _, _, _, _, _, parent, _ = segment
        target = wanted(number)
        if target is None or start < body:
            continue
        if target == text and number not in children:
            continue
        if parent and targets.get(parent) is not None:
            continue  # written inside its parent's token
        changed.append(segment)
        bare.append(target.strip(WHITE_SPACE))
    found, old = active(bare), active([segment.text for segment in changed])
    known = zip(found, old, strict=True) if found and old else repeat(None)
    for segment, target, signs in zip(changed, bare, known, strict=False):
        number, _, text, start, end, tokens, _, key, _, _, _ = segment
        if children and number in children:
            segment = _with_children(article, segment, children[number], targets)  # noqa: PLW2901
            tokens = segment.tokens
        # What `restore` begins with; for most segments there is no more to do.
        new = None if key else same_syntax(text, tokens, target, signs)
        if new is None:
            new = restore(article, segment, target)
        if pins and number in pins:
            pin = pins[number]
            new = anchors.with_anchor(new, pin, article.dialect.anchor_for(pin))
        pieces.append(source[position:start])
        pieces.append(new.encode())
        position = end
    pieces.append(source[position:])
    output = b"".join(pieces)
    if article.labels and any(
        source.startswith(b"+", article.body + mask.start) for mask in article.shadow.masks
    ):
        return _with_ids(article, output)
    if article.dialect.heading_link and article.shadow.masks:
        own = source[article.body :]
        return heading_links.rewritten(article.shadow, own, output, article.dialect)
    return output


def _with_ids(article: Article, output: bytes) -> bytes:
    """`output` with the ids of headings where grid tables name them by their old words."""
    head = front_matter.read(output, ())
    base = head.end if head else 3 if output.startswith(b"\xef\xbb\xbf") else 0
    body = output[base:]
    shadow = cast(body, body.decode(), article.dialect)
    _, alive = heading_labels.defined(shadow, body, article.dialect)
    return output[:base] + heading_labels.in_tables(body, shadow.masks, article.labels, alive)


def _changed_children(article: Article, targets: Mapping[int, str]) -> dict[int, list[Segment]]:
    """Parent id → the segments in its tokens that change."""
    children: dict[int, list[Segment]] = {}
    for segment in article.segments:
        if segment.parent and targets.get(segment.id, segment.text) != segment.text:
            children.setdefault(segment.parent, []).append(segment)
    return children


def prove(article: Article, output: bytes) -> str:
    """Empty when `output` has the structure of `article`; otherwise what differs, in words."""
    head = front_matter.read(output, ())
    if (head is None) != (article.front_matter is None):
        return "front matter appeared or vanished"
    base = head.end if head else 3 if output.startswith(b"\xef\xbb\xbf") else 0
    body = output[base:]
    options = article.dialect.options
    shadow = cast(body, body.decode(), article.dialect)
    labels = article.labels
    alive: dict[str, str] = {}
    if labels:
        shadow, alive = heading_labels.defined(shadow, body, article.dialect)
    if shadow.masks or article.shadow.masks:
        before = prose_slots.opaque(article.source, article.body, article.shadow.masks)
        after = prose_slots.opaque(body, 0, shadow.masks)
        if before != after and article.dialect.heading_link:
            before = _by_heading(article, before, article.source[article.body :], article.shadow)
            after = _by_heading(article, after, body, shadow)
        if before != after and labels:
            before = heading_labels.without_ids(before, labels)
            after = heading_labels.without_ids(after, labels)
        if before != after and sorted(before) != sorted(after):
            return "template tags or attribute lists changed"
        if labels and (dead := heading_labels.dead_in_tables(body, shadow.masks, labels, alive)):
            return (
                f"the link [{dead}] in a table has no room for its heading's id; add blanks there"
            )
    try:
        html = parser.render(shadow.text, options)
    except ArticleError as error:  # the source was parsed, so it is the translation's doing
        return str(error)
    if article.pins:
        html = skeleton.without_pins(html, article.pins.values())
    if article.slots:
        html = prose_slots.without_lengths(html)
    fault = skeleton.difference(article.tags(), skeleton.tags(html))
    if not fault and article.anchors:
        return _dead_anchors(article, body, shadow.text)
    return fault


def _by_heading(article: Article, opaque: list[bytes], body: bytes, shadow: Shadow) -> list[bytes]:
    words = heading_links.headings(shadow, body, article.dialect)
    return heading_links.canonical(opaque, words, article.dialect)


def _dead_anchors(article: Article, body: bytes, shadow: str) -> str:
    """In-page links that worked in the source must work in the output."""
    missing = article.anchors - anchors.explicit_ids(body)
    if missing:  # headings that kept their words keep their automatic ids
        with parser.panics():
            found = collect(parser.events(shadow, article.dialect.options), shadow.encode())
        possible = anchors.possible_ids(found, body, article.dialect.slug)
        missing = missing.difference(chain.from_iterable(possible))
    return f"the link target #{min(missing)} is gone" if missing else ""


def _with_children(
    article: Article, parent: Segment, children: list[Segment], changed: Mapping[int, str]
) -> Segment:
    """`parent` with its children's new text inside its tokens."""
    tokens = list(parent.tokens)
    places: list[int] = []  # where each token stands; they are in the source's order
    at = parent.start
    for token in tokens:
        text = token.source.encode()
        found_at = article.source.find(text, at, parent.end)
        places.append(max(at, found_at))
        at = found_at + len(text) if found_at >= 0 else at
    for child in reversed(children):  # from behind: what stands before keeps its place
        old = article.source[child.start - 1 : child.end + 1].decode()
        new = old[0] + restore(article, child, changed[child.id]) + old[-1]
        # Two tags may hold the same words: the place says which one is meant.
        near = bisect_right(places, child.start)
        for index in chain(range(near - 1, -1, -1), range(near, len(tokens))):
            head, found, tail = tokens[index].source.rpartition(old)
            if found:
                tokens[index] = tokens[index]._replace(source=head + new + tail)
                break
    return parent._replace(tokens=tuple(tokens))


def _guilty(
    article: Article, targets: Mapping[int, str], values: Mapping[str, object]
) -> tuple[int, ...]:
    """The segments without which the proof succeeds, found by bisection over prefixes.

    About log2(n) proofs for each guilty segment; gives up after eight, when the fault is
    hardly one segment's.
    """
    order = [s.id for s in article.segments if targets.get(s.id, s.text) != s.text]
    guilty: list[int] = []
    while len(guilty) < 8:
        ids = [i for i in order if i not in guilty]
        if not _fails(article, ids, targets, values):
            return tuple(guilty)
        low, high = 0, len(ids)  # the first `low` pass, the first `high` fail
        while high - low > 1:
            middle = (low + high) // 2
            if _fails(article, ids[:middle], targets, values):
                high = middle
            else:
                low = middle
        if high == 0 or _fails(article, [], targets, values):
            return ()
        guilty.append(ids[high - 1])
    return ()


def _fails(
    article: Article, ids: list[int], targets: Mapping[int, str], values: Mapping[str, object]
) -> bool:
    try:
        output = splice(article, {i: targets[i] for i in ids}, values)
    except SegmentError:
        return True
    return bool(prove(article, output))
