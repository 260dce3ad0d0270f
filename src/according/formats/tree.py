"""How a sentence was read: its dependency tree as text, and what the rules made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from according.coding.trace import Trace
from according.formats.terminal import Page, visible

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


def lines(sentence: Sentence) -> Iterator[Text]:
    """The tree a word a line, dependents under their head in the order of the text; every word appears once."""
    for root in (token for token in sentence if token.head.i == token.i or token.head not in sentence):
        yield _word(root, "", "root")
        yield from _under(root, sentence, "")


def write(page: Page, number: int, sentence: Sentence, traces: Sequence[Trace]) -> None:
    """One sentence with its tree, its names and the rules' decisions."""
    page.put(Text(f"Sentence {number}  ", "bold").append(f"({sentence.start_char}–{sentence.end_char})", "dim"), 0)
    page.put(Text(visible(sentence.text.strip())), 0)
    page.blank()
    for line in lines(sentence):
        page.line(Text("  ") + line)
    page.blank()
    for name in sentence.ents:
        page.put(Text().append(f"{name.label_:<14}", "dim").append(visible(name.text), "green"), 2, hang=16)
    if sentence.ents:
        page.blank()
    for trace in traces:
        page.put(_decision(trace), 2, hang=10)
    if not traces:
        page.put(Text("No frame looked at this sentence: it holds none of their words."), 2)
    page.blank()


def _under(head: Token, sentence: Sentence, margin: str) -> Iterator[Text]:
    dependents = [token for token in head.children if not token.is_space and token in sentence]
    for token in dependents:
        last = token is dependents[-1]
        yield _word(token, margin + ("└─ " if last else "├─ "), token.dep_)
        yield from _under(token, sentence, margin + ("   " if last else "│  "))


def _word(token: Token, margin: str, label: str) -> Text:
    text = Text().append(margin, "dim").append(visible(token.text), "bold" if label == "root" else "")
    return text.append(f"  {label}", "cyan").append(f"  {token.pos_}", "dim")


def _decision(trace: Trace) -> Text:
    mark, style = ("made    ", "green") if trace.outcome == "made" else ("refused ", "red")
    text = Text().append(mark, f"bold {style}").append(trace.rule, "bold").append(f"  “{visible(trace.words)}”")
    return text.append(f"  {visible(trace.why)}", "dim") if trace.why else text
