"""From events to rows: every view is worked out from the log and can be worked out again."""
