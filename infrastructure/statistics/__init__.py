"""The figures as SQL over the ledger and the versioned facts."""
