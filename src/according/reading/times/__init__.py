"""Times: a grammar of time expressions (``grammar.toml``, ``lexicon.toml``) and the closed intervals of days that they mean."""

from according.reading.times.find import TimeExpression, dateline, find, mentions, phrases

__all__ = ["TimeExpression", "dateline", "find", "mentions", "phrases"]
