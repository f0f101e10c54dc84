"""Webhooks are delivered: at least once, in order for each thing, signed, and never more than their owner may see."""
