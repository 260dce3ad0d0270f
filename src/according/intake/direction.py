"""Text whose order on the screen is not the order of its characters: overrides of direction are carried out once, at intake.

U+202E shows what follows it backwards, digits too: "killed", U+202E, "21" is read as "killed 12". What is stored is what a reader sees.
Embeddings, isolates and marks do not turn Latin letters or digits round, and are only left out (by :mod:`according.intake.normal`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_CONTROL = re.compile("([\u202a-\u202e\u2066-\u2069\n])")
OVERRIDE = "\u202e"
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_ISOLATES = "\u2066\u2067\u2068"
_DEEPEST = 125  # as in the Unicode Bidirectional Algorithm; what is opened deeper has no effect there either
_LETTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*+|[\u0300-\u036f]++", re.DOTALL)
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


@dataclass(slots=True)
class _Level:
    opened: str
    units: list[str] = field(default_factory=list)  # runs of text; letters where they are to be shown backwards

    def add(self, run: str) -> None:
        if self.opened == OVERRIDE:
            self.units += _LETTER.findall(run.translate(_MIRRORED))
        else:
            self.units.append(run)

    def shown(self) -> str:
        backwards = self.opened == OVERRIDE and not any(unicodedata.bidirectional(unit[0]) in ("R", "AL") for unit in self.units)
        return "".join(reversed(self.units) if backwards else self.units)


def as_shown(text: str) -> str:
    """``text`` with what stands under a right-to-left override in the order in which it is shown, and without these controls.

    Words in right-to-left letters stay as they are: they are read backwards anyway. Without an override nothing is changed.
    """
    if OVERRIDE not in text:
        return text
    levels = [_Level("")]
    for run in _CONTROL.split(text):
        if not run:
            continue
        if run == "\n":
            _close(levels, 1)
            levels[0].add("\n")
        elif run == _POP:
            if len(levels) > 1 and levels[-1].opened not in _ISOLATES:
                _close(levels, len(levels) - 1)
        elif run == _POP_ISOLATE:
            opened = [n for n, level in enumerate(levels) if level.opened and level.opened in _ISOLATES]
            _close(levels, opened[-1] if opened else len(levels))
        elif not _CONTROL.fullmatch(run):
            levels[-1].add(run)
        elif len(levels) < _DEEPEST:
            levels.append(_Level(run))
    _close(levels, 1)
    return "".join(levels[0].units)


def _close(levels: list[_Level], keep: int) -> None:
    """All levels but the first ``keep`` become units of the level below them."""
    while len(levels) > keep:
        level = levels.pop()
        if level.units:
            levels[-1].units.append(level.shown())
