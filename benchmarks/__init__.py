"""Measured figures, each as a ratio to its floor in the same run."""
