"""Why a sign-in was refused, in plain words: what happened, what to do, and the reason for the technician."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _

from relying_party.signin.guards import sentence_of

if TYPE_CHECKING:
    from relying_party.signin.policy import Policy

NOT_ADMITTED, NOT_BELIEVED = 403, 400


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a pupil reads."""

    title: object
    happened: object
    advice: object
    status: int = NOT_ADMITTED


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A refusal page: the words, the reason's name and its technical sentence."""

    reason: str
    sentence: str
    words: Words

    @property
    def status(self) -> int:
        """The status of the page: 403 for somebody who may not come in, 400 for an answer that is not believed."""
        return self.words.status


ASK_SCHOOL = _("Ask your teacher or the ICT coordinator of your school.")
TRY_AGAIN = _("Try again. If it keeps happening, tell the ICT coordinator of your school.")

NOT_SAFE = Words(
    title=_("We stopped the sign-in to keep you safe"),
    happened=_("The answer that came back from LeerID was not what we expect. You have done nothing wrong."),
    advice=TRY_AGAIN,
    status=NOT_BELIEVED,
)

WORDS = {
    "access-denied": Words(
        title=_("You did not sign in"),
        happened=_("The sign-in at LeerID was cancelled or refused there."),
        advice=_("You can try again whenever you like."),
    ),
    "provider-unavailable": Words(
        title=_("LeerID does not answer right now"),
        happened=_("We could not reach LeerID, or it could not finish."),
        advice=_("Wait a few minutes and try again."),
        status=NOT_BELIEVED,
    ),
    "provider-error": Words(
        title=_("LeerID could not finish the sign-in"),
        happened=_("LeerID sent us an error instead of an answer."),
        advice=TRY_AGAIN,
        status=NOT_BELIEVED,
    ),
    "sign-in-begun": Words(
        title=_("This sign-in was already used, or it took too long"),
        happened=_("Every sign-in works once and for half an hour. Perhaps you went back, or loaded the page again."),
        advice=_("Start again from the beginning."),
        status=NOT_BELIEVED,
    ),
    "state": Words(
        title=_("This answer belongs to another sign-in"),
        happened=_("We did not ask for this answer in this browser, so we do not use it."),
        advice=_("Start again from the beginning."),
        status=NOT_BELIEVED,
    ),
    "pupil-role": Words(
        title=_("This application is for pupils"),
        happened=_("You signed in, but not with a LeerID account of a pupil."),
        advice=_("Are you a pupil? Choose LeerID and use the user name you got from your school."),
    ),
    "enrolment": Words(
        title=_("We found no enrolment for you"),
        happened=_("LeerID tells us of no school where you are enrolled today."),
        advice=_("New at school? It can take a few days. Otherwise: ask the office of your school."),
    ),
    "partner-school": Words(
        title=_("Your school does not take part"),
        happened=_("Your school has no agreement with this application."),
        advice=ASK_SCHOOL,
    ),
    "agreement-dates": Words(
        title=_("Your school does not take part any more"),
        happened=_("The agreement between your school and this application does not hold today."),
        advice=ASK_SCHOOL,
    ),
    "readable-claims": Words(
        title=_("We do not understand what LeerID tells us about you"),
        happened=_("Something in your data has an unexpected form. We do not guess, so we let nobody in with it."),
        advice=ASK_SCHOOL,
    ),
    "conflict": Words(
        title=_("We are not sure who you are"),
        happened=_("Two different pupils seem to share one account. To protect both, we let nobody in with it."),
        advice=ASK_SCHOOL,
    ),
    "enough-data": Words(
        title=_("Something about you is missing"),
        happened=_("This application demands more than LeerID tells about you."),
        advice=ASK_SCHOOL,
    ),
}

SENTENCES = {
    "access-denied": "The provider answered error=access_denied.",
    "provider-unavailable": "The provider could not be reached, or its answer could not be used.",
    "readable-claims": "Every claim has a form whose meaning is certain (LR-10).",
}


def explain(reason: str, policy: Policy) -> Explanation | None:
    """Return the page for a reason, or None when there is no such reason."""
    sentence = SENTENCES.get(reason) or _sentences(policy).get(reason)
    if sentence is None:
        return None
    return Explanation(reason=reason, sentence=sentence, words=WORDS.get(reason, NOT_SAFE))


def _sentences(policy: Policy) -> dict[str, str]:
    """Return the sentence of every guard and rule by its name."""
    guards = {guard.name: guard.sentence for guard in policy.guards}
    rules = {rule.name: getattr(policy.rules, rule.name) for rule in fields(policy.rules)}
    return guards | {name_of_rule(name): sentence_of(rule) for name, rule in rules.items()}


def name_of_rule(name: str) -> str:
    """Return the public name of a rule."""
    return name.replace("_", "-")
