"""The outside world behind the ports. Only `browser` knows Playwright; only `control` and `site` speak HTTP."""
