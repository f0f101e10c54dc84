"""Commands and questions: what can be asked of Tocsin, independent of how it is served or stored."""
