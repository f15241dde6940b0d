"""The target: one TOML file that describes an application. `application` reads it; the rest says what may be in it."""

from conformance.target.addresses import origin
from conformance.target.application import Command, Target, load_target
from conformance.target.capabilities import Capabilities
from conformance.target.client import Client, SecondIssuer
from conformance.target.looks import Landmark, Landmarks

__all__ = [
    "Capabilities",
    "Client",
    "Command",
    "Landmark",
    "Landmarks",
    "SecondIssuer",
    "Target",
    "load_target",
    "origin",
]
