"""Lists of places that the user adds: kept, read in their formats, fetched."""
