"""What is told as it happens, over WebSockets and server-sent events."""
