"""The runner: calibrates, walks every scenario, judges, and puts the report together."""

from conformance.runner.lint import Mock, fits, lint, unproven
from conformance.runner.run import Listener, Options, Outside, run
from conformance.runner.suite import Suite, find_profile, fingerprint, load_suite, select

__all__ = [
    "Listener",
    "Mock",
    "Options",
    "Outside",
    "Suite",
    "find_profile",
    "fingerprint",
    "fits",
    "lint",
    "load_suite",
    "run",
    "select",
    "unproven",
]
