"""The SSO datastore that ACM asks at every sign-in (protocol of 7 March 2023, article 6): what is true of this account?

A port with two adapters: in this process (here), and over HTTP (`mock_idp.provider.remote_datastore`), so that it can
lag, be slow or away, as a real one can.
"""

from mock_idp.domain.datastore.admission import reason_to_refuse
from mock_idp.domain.datastore.enquiry import Enquiry
from mock_idp.domain.datastore.facts import CitizenFacts, Facts, StudentFacts
from mock_idp.domain.datastore.in_process import InProcessDatastore
from mock_idp.domain.datastore.port import Datastore, DatastoreAwayError

__all__ = [
    "CitizenFacts",
    "Datastore",
    "DatastoreAwayError",
    "Enquiry",
    "Facts",
    "InProcessDatastore",
    "StudentFacts",
    "reason_to_refuse",
]
