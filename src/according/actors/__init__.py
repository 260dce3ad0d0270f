"""Who acts and speaks: the table of actors, and the resolution of words to its rows."""
