"""Where tokens are found to be somebody's: an identity provider's, the development issuer's, an API key's."""
