"""One file for each change of the schema; a migration that was released is never edited."""
