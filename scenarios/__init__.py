"""Scenarios of the harness, as data: one TOML file each, its id is its path (`id-token/nonce-mismatch`)."""
