"""Cameras, and what they see."""
