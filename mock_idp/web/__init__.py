"""The pages and endpoints: views parse, ask the protocol, pass the seam, answer."""
