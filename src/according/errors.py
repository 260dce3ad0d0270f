"""Every error that According raises on purpose.

    AccordingError
    ├── IntakeError            a file that cannot be read as a report
    │   ├── NothingToRead      empty, or no text left after the furniture
    │   ├── NotText            binary, or in no encoding that can be told
    │   ├── TooLarge           over the limit on bytes, tags or depth
    │   ├── Truncated          cut off in the middle
    │   ├── NotEnglish         in a language that the model does not read
    │   ├── BadRecord          a JSON report whose fields are wrong
    │   ├── Unsafe             made to harm: a bomb, a path that climbs out of its archive
    │   ├── OverLimit          took more time or memory than one report may
    │   ├── Crashed            ended the process that read it
    │   ├── Defect             met a fault of According's own
    │   └── NotFetched         a page that did not come
    │       └── FetchRefused   an address that may not be asked, or will never answer
    ├── LedgerError            a ledger that cannot be opened, written or asked
    │   ├── NotALedger         another file or database, or none
    │   ├── LedgerTooNew       written by a newer According
    │   ├── LedgerFull         no room on the disk
    │   ├── NotInLedger        no such report or claim there
    │   ├── ChangedMeanwhile   somebody else decided first
    │   └── BadQuestion        a filter that cannot be understood
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


class Unsafe(IntakeError):
    """Made to harm its reader, or as good as made for it: a bomb, a path that climbs out of its archive, nesting without end."""


class OverLimit(IntakeError):
    """Took more time or memory than one report may."""


class Crashed(IntakeError):
    """Ended the process that read it."""


class Defect(IntakeError):
    """Met a fault of According's own."""


class NotFetched(IntakeError):
    """A page that did not come; it may at another time."""


class FetchRefused(NotFetched):
    """An address that may not be asked (not public, forbidden by robots.txt), or that will not answer otherwise at another time."""


class LedgerError(AccordingError):
    """A ledger that cannot be opened, written or asked."""


class NotALedger(LedgerError):
    """Another file or database, a damaged one, or none at all."""


class LedgerTooNew(LedgerError):
    """Written by a newer According than this one."""


class LedgerFull(LedgerError):
    """No room on the disk; what was being written was not."""


class NotInLedger(LedgerError):
    """No such report or claim in this ledger."""


class ChangedMeanwhile(LedgerError):
    """Somebody else decided on the claim after it was last looked at."""


class BadQuestion(LedgerError):
    """A filter whose value cannot be understood."""


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
