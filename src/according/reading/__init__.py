"""Report → Reading: sentences, syntax, names, quotations, times, figures, attributions."""

from according.reading.reading import Reading, read_report

__all__ = ["Reading", "read_report"]
