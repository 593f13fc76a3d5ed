"""The rule behind a status in words that people know: what the classifiers give is made for the log."""

import re
from collections.abc import Mapping

from alerts.i18n import Translator
from alerts.i18n import mark as _
from alerts.parties import party_name
from classifiers.speech import Act, Role

_TOLD: Mapping[str, str] = {
    "told as fact by the outlet": _("no claim, doubt or warning outweighs it"),
    "by its whole wording, as the sentence encoder reads it": _("its wording as a whole"),
}
_OF_SOMEBODY: Mapping[str, str] = {  # behind a name
    " denies it": _("{name} denies it"),
    " tells its own loss": _("{name} tells of its own loss"),
    " speaks of its own deed": _("{name} speaks of its own deed"),
}
_STATEMENT, _CLAIM, _WARNING = _("statement"), _("claim"), _("warning")
_ACTS: Mapping[Act, str] = {
    Act.SAY: _STATEMENT,
    Act.REPORT: _STATEMENT,
    Act.CONDEMN: _STATEMENT,
    Act.ANNOUNCE: _STATEMENT,
    Act.ACCORDING: _STATEMENT,
    Act.HEADING: _STATEMENT,
    Act.CLAIM: _CLAIM,
    Act.RESPONSIBILITY: _CLAIM,
    Act.ACCUSE: _("accusation"),
    Act.DENY: _("denial"),
    Act.CONFIRM: _("confirmation"),
    Act.WARN: _WARNING,
    Act.FEAR: _WARNING,
    Act.THREATEN: _("threat"),
    Act.PLAN: _("plan"),
    Act.HEDGE: _("words of doubt, such as “reportedly”"),
}
_ROLES: Mapping[Role, str] = {
    Role.PARTY: _("a party to the conflict"),
    Role.CIVIL: _("a civil authority"),
    Role.INDEPENDENT: _("an independent organisation"),
    Role.MONITOR: _("activists or monitors"),
    Role.UNNAMED: _("an unnamed source"),
    Role.MEDIA: _("other media"),
    Role.WITNESS: _("residents or witnesses"),
    Role.PERSON: _("a named person"),
}
_BY = re.compile(rf"(?:first |last )?({'|'.join(_ACTS)}) by ({'|'.join(_ROLES)})\b")
_VOICE = re.compile(rf"(?:first voice |.*, )?({'|'.join(_ROLES)})(?: in | opens| later| speaks|$)")
_ACT = re.compile(rf"(?:first |last )?({'|'.join(_ACTS)}) (?:in |of |by )")
_KIND = re.compile(r"(?:of|also) \w+$")


def status_rule(rule: str, t: Translator) -> str:
    """`Reading.rule` in the reader's language: who is quoted and how, where that decided."""
    if rule in _TOLD:
        return t.text(_TOLD[rule])
    for ending, message in _OF_SOMEBODY.items():
        if rule.endswith(ending):
            return t.text(message, name=party_name(rule.removesuffix(ending), t))
    return _trait(rule, t)


def _trait(trait: str, t: Translator) -> str:
    """The words for a trait of classifiers.status_traits."""
    if found := _BY.match(trait):
        act, role = Act(found[1]), Role(found[2])
        return t.text("{act} by {speaker}", act=t.text(_ACTS[act]), speaker=t.text(_ROLES[role]))
    if found := _VOICE.match(trait):
        return t.text("quoted: {speaker}", speaker=t.text(_ROLES[Role(found[1])]))
    if "nobody speaks" in trait:
        return t.text("nobody is quoted")
    if found := _ACT.match(trait):
        return t.text(_ACTS[Act(found[1])])
    return t.text("the kind of event") if _KIND.match(trait) else t.text("single words that speak for it")
