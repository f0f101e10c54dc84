"""Cases, outcomes and corrections."""
