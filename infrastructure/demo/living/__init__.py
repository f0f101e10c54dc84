"""The demo city's days after its year: a client of the API that goes on living in it."""
