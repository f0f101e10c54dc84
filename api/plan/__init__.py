"""Queries are planned once per document and answered by plain Python afterwards; graphql-core does whatever no plan covers."""
