"""What oversight promises: figures of alarms, of response times and of areas."""
