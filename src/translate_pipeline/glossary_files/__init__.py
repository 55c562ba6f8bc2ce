"""Takes glossary files (TOML, CSV, TBX), gives the terms for a pair of languages.

Law: a file is read whole or refused, with its name and the line; what a term says of one language
is never taken for another. `entry.py` is what a reader gives, one file a format.
"""

from translate_pipeline.glossary_files.entry import Entry
from translate_pipeline.glossary_files.faults import faults
from translate_pipeline.glossary_files.reading import FORMATS, read_glossary
from translate_pipeline.glossary_files.terms import terms_for

__all__ = ["FORMATS", "Entry", "faults", "read_glossary", "terms_for"]
