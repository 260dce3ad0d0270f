"""Every error that According raises on purpose.

    AccordingError
    ├── IntakeError            a file that cannot be read as a report
    │   ├── NothingToRead      empty, or no text left after the furniture
    │   ├── NotText            binary, or in no encoding that can be told
    │   ├── TooLarge           over the limit on bytes, tags or depth
    │   ├── Truncated          cut off in the middle
    │   ├── NotEnglish         in a language that the model does not read
    │   └── BadRecord          a JSON report whose fields are wrong
    ├── SetupError             the installation lacks something
    │   ├── ModelMissing       the reading model's files are not there
    │   └── GazetteerMissing   the gazetteer cannot be made or opened
    └── SourceError            places that cannot be added to the gazetteer
        ├── FetchFailed        a download that did not come whole
        └── BadSource          a file that is no list of places, or not as told

Each message is one sentence that tells the user what is wrong and what to do.
"""

from __future__ import annotations


class AccordingError(Exception):
    """The root: ``except AccordingError`` catches all of ours and nothing else."""


class IntakeError(AccordingError):
    """A file that cannot be read as a report."""


class NothingToRead(IntakeError):
    """Empty, or nothing but page furniture."""


class NotText(IntakeError):
    """Binary, or in no encoding that can be told."""


class TooLarge(IntakeError):
    """Over the limit on bytes, tags, attributes or depth."""


class Truncated(IntakeError):
    """Cut off in the middle."""


class NotEnglish(IntakeError):
    """In a language that the model does not read."""


class BadRecord(IntakeError):
    """A JSON report whose fields are missing or of the wrong kind."""


class SetupError(AccordingError):
    """The installation lacks something."""


class ModelMissing(SetupError):
    """The reading model's files are not where they should be."""


class GazetteerMissing(SetupError):
    """The gazetteer can neither be opened nor made."""


class SourceError(AccordingError):
    """Places that cannot be added to the gazetteer."""


class FetchFailed(SourceError):
    """A download that did not come, or not whole."""


class BadSource(SourceError):
    """A file that is no list of places, or not as its options say."""
