"""Figures: the calculations, the ledger, the facts and the statistics over them."""
