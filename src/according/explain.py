"""``according explain``: how the sentences of one report were read."""

from __future__ import annotations

from typing import TextIO

from rich.text import Text
from spacy.tokens import Span as Sentence

from according.coding.coder import code
from according.formats import tree
from according.formats.terminal import Page, visible
from according.model import Report
from according.reading import read_report


def write(report: Report, out: TextIO, *, number: int | None = None, words: str | None = None) -> bool:
    """Write the sentences asked for: the ``number``-th from 1, those that hold ``words``, or a numbered list of all.

    False where the report has no such sentence; nothing is written then.
    """
    reading = read_report(report)
    sentences = list(reading.doc.sents)
    chosen = [n for n, sentence in enumerate(sentences, 1) if _asked(n, sentence, number, words)]
    decisions = code(reading).traces
    page = Page(out)
    for n in chosen:
        traces = decisions.get(sentences[n - 1].start, [])
        if number is None and words is None:
            _listed(page, n, sentences[n - 1], len([t for t in traces if t.outcome == "made"]))
        else:
            tree.write(page, n, sentences[n - 1], traces)
    return bool(chosen)


def _asked(n: int, sentence: Sentence, number: int | None, words: str | None) -> bool:
    if number is not None and n != number:
        return False
    return words is None or " ".join(words.split()).casefold() in " ".join(sentence.text.split()).casefold()


def _listed(page: Page, n: int, sentence: Sentence, made: int) -> None:
    text = Text().append(f"{n:>4}  ", "bold").append(visible(" ".join(sentence.text.split())))
    page.put(text.append(f"  {made} made" if made else "", "green"), 0, hang=6)
