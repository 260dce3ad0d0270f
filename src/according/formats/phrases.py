"""Figures and times as a person would note them: ``killed ≥ 3``, ``displaced ≤ 1,000,000 (nearly a million)``."""

from __future__ import annotations

from according.model import Figure, Measure, When


def interval(figure: Figure) -> str:
    """The numbers alone, empty where the words give none: ``12``, ``≥ 3``, ``≤ 40``, ``30–40``, ``≈ 70``."""
    low, high = figure.min, figure.max
    if low is not None and high is not None:
        number = f"{low:,}" if low == high else f"{low:,}–{high:,}"
        return f"≈ {number}" if figure.approximate else number
    if low is not None:
        return f"≥ {low:,}"
    return f"≤ {high:,}" if high is not None else ""


def figure_phrase(figure: Figure) -> str:
    """Measure, interval and, where they say more than the number, the words; what is merely counted has no measure to name."""
    number = interval(figure)
    words = " ".join(figure.span.text.split())
    plain = words.replace(",", "") == number.replace(",", "")
    aside = "" if plain else f"({words})"
    total = "in all" if figure.cumulative else ""
    measure = "" if figure.measure is Measure.OTHER else figure.measure.value
    return " ".join(part for part in (measure, number, total, aside) if part)


def when_phrase(when: When) -> str:
    """The words, and the days they mean where an anchor justified them: ``Friday (2031-05-16)``."""
    words = " ".join(when.span.text.split())
    if when.start is None and when.end is None:
        return words
    if when.start == when.end:
        return f"{words} ({when.start})"
    if when.end is None:
        return f"{words} (from {when.start})"
    return f"{words} (until {when.end})" if when.start is None else f"{words} ({when.start} – {when.end})"
