"""The generated crowd: a school year of 1,200,000 pupils in invented schools, as a pure function of seed and index.

What belongs here: who they are, how they are found, and their lives as far as the registers tell them. They hold the
kind of their national number, never a number. Named people stand in `mock_idp.domain.people`.
"""

from mock_idp.domain.population.population import Population
from mock_idp.domain.population.pupil import Pupil
from mock_idp.domain.population.search import Found, Query
from mock_idp.domain.population.shape import Shape
from mock_idp.domain.population.shape_file import read_shape
from mock_idp.domain.population.situations import Situation

__all__ = ["Found", "Population", "Pupil", "Query", "Shape", "Situation", "read_shape"]
