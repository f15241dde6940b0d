"""Scenarios and profiles: names and values read from TOML, no control flow."""

from conformance.scenario.files import load_profiles, load_scenarios
from conformance.scenario.model import Profile, Scenario, ScenarioFile, Situation

__all__ = ["Profile", "Scenario", "ScenarioFile", "Situation", "load_profiles", "load_scenarios"]
