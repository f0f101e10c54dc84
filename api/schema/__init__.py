"""The GraphQL schema, built from the application's views, commands and figures."""
