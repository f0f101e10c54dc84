"""What the system promises, in the control room's words, and the steps that hold it to that."""
