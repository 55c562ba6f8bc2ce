"""Takes three callbacks, gives a parser for XML that nobody can make dangerous.

The law: no entity but the five of XML itself, no declarations in the file, nothing fetched; what
is refused says where and what to do. Memory is the callbacks' matter.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

__all__ = ["plain_parser"]


def plain_parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
    *,
    refused: Callable[[str], Exception],
    what: str,
) -> expat.XMLParserType:
    """A parser that tells of elements and text; `what` names such a file in messages.

    It raises what `refused` makes of a reason.
    """

    def doctype(_name: str, _system: object, _public: object, subset: int) -> None:
        if subset:
            raise refused(
                f"the DOCTYPE declares something itself, which {what} never needs and which can"
                " be an attack; take the part in [ ] out if you trust the file"
            )

    def entity(*_: object) -> int:
        raise refused(
            "this is an entity that XML does not define itself; only &amp; &lt; &gt; &quot;"
            " &apos; and numbers are read"
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.SkippedEntityHandler = entity
    parser.ExternalEntityRefHandler = entity
    return parser
