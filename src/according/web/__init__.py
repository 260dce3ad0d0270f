"""Pages and an HTTP API over a ledger: the evidence read, decided on, and seen on a map."""
