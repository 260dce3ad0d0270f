"""The ledger: reports and their claims kept in a database, asked, decided upon, never lost and never twice."""
