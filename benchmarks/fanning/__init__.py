"""Both sides of the fan-out: a process that serves, ours or the floor, and one that listens with 300 sockets."""
