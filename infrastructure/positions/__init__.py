"""Where units are and were, beside the log."""
