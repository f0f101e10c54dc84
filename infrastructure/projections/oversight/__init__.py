"""What the figures are computed from: versioned facts, the ledger and its sums."""
