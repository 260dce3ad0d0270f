"""What stands in one sentence, looked up by any word of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Doc, Token

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BySentence(Generic[T]):
    """Things by the first token of the sentence that they stand in, in the order in which they were given."""

    rows: Mapping[int, Sequence[T]]

    def of(self, token: Token) -> Sequence[T]:
        """Those in the sentence of a token."""
        return self.rows.get(token.sent.start, ())


def by_sentence(doc: Doc, things: Iterable[T], at: Callable[[T], int]) -> BySentence[T]:
    """``at`` gives the token that a thing stands at."""
    rows: dict[int, list[T]] = {}
    for thing in things:
        rows.setdefault(doc[at(thing)].sent.start, []).append(thing)
    return BySentence(rows)
