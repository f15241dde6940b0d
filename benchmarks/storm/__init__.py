"""A storm of requests that nearly make sense, and what must hold of every answer."""
