"""People: their written form (one for personas, `--people` files and the control API), and who signs in with what.

What belongs here: documents, what must hold in them, and how they become lives. The generated crowd does not: see
`mock_idp.domain.population`.
"""
