"""Why a text was read as it was, one line for each finding, so that people can check it. Plain text, no markup."""

from collections.abc import Sequence

from alerts.i18n import Translator, mark_plural
from alerts.message import headline
from alerts.parties import party_name
from alerts.phrases import STATUSES, local_name, place_reason, place_sort, plain
from alerts.status_rules import status_rule
from alerts.view import AlertView
from classifiers.taxonomy import SIGNALS, Signal
from classifiers.types import Reading
from incidents.types import Report
from places.types import Place, Precision, Resolution

MESSAGE = 3800  # of Telegram's 4,096, so that a few characters of two units each do no harm
WORTH_A_WORD = 0.1  # a signal that is less likely is not listed beside those that were read
NAME, TITLE, RULE = 60, 160, 160
EVIDENCE = 8

MORE = mark_plural("{count} further source is not shown.", "{count} further sources are not shown.")


def render_why(view: AlertView, reports: Sequence[Report], more: int = 0) -> str:
    """How each source of an incident was read, as many as one message holds; `more`: sources not in `reports`."""
    t = view.translator
    blocks = [headline(view), t.text("How the sources were read, by rules and a model, without a person:")]
    room = MESSAGE - sum(len(block) + 2 for block in blocks) - 100
    for number, report in enumerate(reports):
        block = _source(report, view)
        room -= len(block) + 2
        if room < 0 and number:
            more += len(reports) - number
            break
        blocks.append(block)
    if not reports:
        blocks.append(t.text("How they were read is not kept."))
    if more:
        blocks.append(t.plural(*MORE, more))
    return view.stamped("\n\n".join(blocks))


def _source(report: Report, view: AlertView) -> str:
    t, article, main = view.translator, report.article, report.located.main
    head = t.text(
        "{time} · {name}: “{title}”",
        time=view.moment(article.published),
        name=plain(article.source.name, NAME),
        title=plain(article.title, TITLE),
    )
    lines = [head, *signal_lines(report.reading, t), *status_lines(report.reading, t)]
    lines += place_lines(main, t) if main else [t.text("No place was found.")]
    return "\n".join([*lines, t.text("Read by the model {name}.", name=plain(report.reading.model, NAME))])


def signal_lines(reading: Reading, t: Translator, least: float = WORTH_A_WORD) -> list[str]:
    """Relevance and signals with their probabilities, and the words that weighed most.

    Signals that were not read are listed from the probability `least` on.
    """
    if not reading.relevant:
        head = t.text("Not news of conflict: {share} likely to be.", share=t.percent(reading.relevance))
    else:
        head = t.text("News of conflict: {share} likely.", share=t.percent(reading.relevance))
    lines = [head]
    if reading.labels:
        lines.append(t.text("Read as: {names}", names=_weighed(reading, reading.labels, t)))
    likely = sorted(reading.probabilities, key=lambda signal: -reading.probabilities[signal])
    others = [s for s in likely if s not in reading.labels and reading.probabilities[s] >= least]
    if others:
        weighed = _weighed(reading, others, t)
        lines.append(t.text("Weighed, not told (below the bound of its kind, or beyond three): {names}", names=weighed))
    if reading.evidence:
        words = t.series(plain(word, 40) for word in reading.evidence[:EVIDENCE])
        lines.append(t.text("Words that led to this: {words}", words=words))
    return lines


def _weighed(reading: Reading, signals: Sequence[Signal], t: Translator) -> str:
    return t.series(f"{t.text(SIGNALS[s].name)} {t.percent(reading.probabilities.get(s, 0.0))}" for s in signals)


def status_lines(reading: Reading, t: Translator) -> list[str]:
    """The status with its rule, and whose word it is."""
    if reading.status is None:
        return []
    status = t.text(STATUSES[reading.status])
    rule = status_rule(reading.rule, t) if reading.rule else None
    head = t.text("Status: {status} (rule: {rule})", status=status, rule=rule) if rule else None
    said = (
        t.text("Claimed by: {name}", name=party_name(reading.claimant, t)) if reading.claimant else "",
        t.text("Confirmed by: {name}", name=party_name(reading.confirmed_by, t)) if reading.confirmed_by else "",
        t.text("Denied by: {name}", name=party_name(reading.disputed_by, t)) if reading.disputed_by else "",
    )
    return [head or t.text("Status: {status}", status=status), *filter(None, said)]


def place_lines(found: Resolution, t: Translator) -> list[str]:
    """What a name was taken for and why, and what else it could have been."""
    line = t.text(
        "Place: “{name}” taken for {place}, {share} sure: {reason}",
        name=plain(found.mention.name, NAME),
        place=place_label(found.place, t),
        share=t.percent(found.confidence),
        reason=_reason(found.reason, t),
    )
    if not found.alternatives:
        return [line]
    others = t.text("; ").join(place_label(place, t) for place in found.alternatives)
    return [line, t.text("It could also have been: {places}", places=others)]


def _reason(reason: str, t: Translator) -> str:
    """In the reader's language; one without words is shown as it is, in English."""
    worded = place_reason(reason)
    return t.text(worded[0], place=plain(worded[1], NAME)) if worded else plain(reason, RULE)


def place_label(place: Place, t: Translator) -> str:
    """ "Walikale, town, North Kivu, DR Congo"."""
    country = t.country(place.country)
    if place.precision is Precision.COUNTRY:
        return country
    name = local_name(place.name, place, t)
    names = [t.text("near {place}", place=name) if place.near else name, t.text(place_sort(place))]
    if place.admin1 and place.admin1 != place.name:
        names.append(local_name(place.admin1, place, t))
    return t.series([*names, country])
