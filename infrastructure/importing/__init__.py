"""Import of files of other systems, through the same commands as an officer's. How to write a mapping: docs/import.md."""
