"""One happening, many accounts: grouping claims into events, reconciling their figures, following territory. Pure over claims."""
