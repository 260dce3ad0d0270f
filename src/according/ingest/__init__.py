"""Whole collections into the ledger: taken, read in processes of their own, coded, written; what was done is never done again."""
