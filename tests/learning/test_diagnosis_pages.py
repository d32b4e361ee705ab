"""A diagnosis by click: begun where the question came up, asked, shown, judged, concluded, read from data."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.audit.models import Event
from remit.config.reactions import REACTIONS
from remit.duties.queries.handbook import shipped_drafts
from remit.learning.actions.diagnosis import DiagnosisUnclear, add_diagnosis, conclude_diagnosis
from remit.learning.actions.remedy import (
    add_remedy,
    finish_remedy,
    read_remedies,
    tell_of_undone_remedies,
)
from remit.learning.actions.why import add_figure, add_quote, ask_why, judge_why
from remit.learning.models import Clue, Diagnosis, Remedy, Why
from remit.learning.queries.diagnosing import thawed
from remit.metrics.actions.saved_question import save_question
from remit.metrics.engine.question import Question
from remit.metrics.queries.figures import ask
from remit.notices.models import Notice
from remit.org.queries.scopes import within

from .shop import AT, BEGAN, prepared


@pytest.fixture
def why(shop, diagnosis):
    return ask_why(diagnosis=diagnosis, parent=None, statement="驗證太長", by=shop["owner"], at=BEGAN)


@pytest.fixture
def root(shop, why):
    add_quote(why=why, words="等不到簡訊。", said_by="顧客", by=shop["owner"], at=BEGAN)
    return judge_why(why=why, verdict="root", reason="", by=shop["owner"], at=BEGAN)


def at(name, *args):
    return reverse(f"diagnoses_{name}", args=[one.pk if hasattr(one, "pk") else one for one in args])


def remedied(shop, root, **other):
    given = {
        "why": root, "title": "換通道", "owner": shop["lead"], "due_on": date(2026, 2, 12),
        "metric": "net_sales", "expected": Decimal("0.5"), "check_on": date(2026, 2, 23),
        "by": shop["owner"], "at": BEGAN,
    }  # fmt: skip
    return add_remedy(**{**given, **other})


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def test_it_is_begun_where_the_question_came_up_and_leads_back_there(shop, browse):
    client = browse("owner")
    page = client.get(reverse("figures_metric", args=["net_sales"])).content.decode()
    assert f"{reverse('diagnoses_new')}?from=%2Ffigures%2Fmetrics%2Fnet_sales&amp;title=Net%20sales" in page
    asked = {
        "from": "/figures/metrics/net_sales",
        "title": "Net sales",
        "problem": "It fell.",
        "unit": "grocer",
    }
    form = client.get(reverse("diagnoses_new"), asked).content.decode()
    assert 'value="/figures/metrics/net_sales"' in form
    given = {
        "unit": shop["unit"].pk, "title": "Net sales", "problem": "It fell.", "noticed_on": "2026-02-09",
        "owner": shop["owner"].pk, "plan": "", "came_from": asked["from"],
    }  # fmt: skip
    first, second = (client.post(reverse("diagnoses_new"), given) for _click in range(2))
    row = Diagnosis.objects.get()
    assert first["Location"] == second["Location"] == at("diagnosis", row)
    page = client.get(at("diagnosis", row)).content.decode()
    assert 'href="/figures/metrics/net_sales">Where the question came up' in page
    assert "Nobody has asked why yet" in page
    assert row.title in client.get(reverse("diagnoses_list")).content.decode()


@pytest.mark.parametrize("address", ["https://elsewhere.example/x", "//elsewhere.example", "/nothing/here"])
def test_it_leads_back_to_pages_of_ours_only(shop, browse, address):
    given = {
        "unit": shop["unit"].pk, "title": "x", "problem": "x", "noticed_on": "2026-02-09",
        "owner": shop["owner"].pk, "came_from": address,
    }  # fmt: skip
    browse("owner").post(reverse("diagnoses_new"), given)
    assert Diagnosis.objects.get().came_from == ""


def test_a_fault_is_said_and_what_was_written_stays(shop, browse, diagnosis, why):
    client = browse("owner")
    given = {
        "unit": shop["unit"].pk, "title": "Later", "problem": "x", "owner": shop["owner"].pk,
        "noticed_on": (timezone.localdate() + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    answer = client.post(reverse("diagnoses_new"), given)
    assert answer.status_code == 422
    assert "noticed today or earlier" in answer.content.decode()
    for name, sent, says in (
        ("verdict", {"verdict": "root", "reason": "because"}, "judged on evidence"),
        ("ask", {"statement": " "}, "This field is required"),
        ("remedy", {"title": "Another way", "expected_percent": "5"}, "This field is required"),
    ):
        answer = client.post(at(name, why), sent)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    answer = client.post(at("conclusion", diagnosis), {"conclusion": "Found."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Judge every why first") == 2  # in the list of what is missing, and as the refusal
    assert "H6.2.1" in page


def test_a_figure_is_frozen_with_its_segment_and_drawn_as_it_stood(shop, browse, diagnosis, why):
    client = browse("owner")
    given = {
        "metric": "net_sales", "split": "week", "period": "all", "first": "2026-02-01", "last": "2026-02-28",
        "dimension": "age_group", "values": "25-34，35-44", "words": "They buy less.",
    }  # fmt: skip
    assert client.post(at("clue", why, "figure"), given)["Location"] == at("why", why)
    clue = Clue.objects.get()
    assert clue.question["where"] == ["age_group=25-34,35-44"]
    (answer,) = ask(
        Question(("net_sales",), within([shop["unit"]]), by=("week",), order=("week",), where=_where(clue),
                 period=thawed(clue.answer).period)
    )  # fmt: skip
    assert thawed(clue.answer).rows == [tuple(row) for row in answer.rows]
    for page in (
        client.get(at("why", why)).content.decode(),
        client.get(at("diagnosis", diagnosis)).content.decode(),
    ):
        assert "They buy less." in page
        assert "Age group: 25-34, 35-44" in page
        assert "as it stood on" in page
        assert "metric=net_sales&amp;by=week&amp;" in page
        assert "2026-02-01..2026-02-28" in page
        assert '"kind":"line"' in page.replace('": "', '":"')
    for change, says in (
        ({"values": ""}, "Say which segment"),
        ({"last": ""}, "Give both days"),
        ({"metric": "baskets", "split": "hour", "dimension": "", "values": ""}, "cannot be split"),
    ):
        answer = client.post(at("clue", why, "figure"), {**given, **change})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert client.post(at("clue", why, "nothing"), given).status_code == 404


def _where(clue):
    from remit.metrics.engine.question import Condition

    return tuple(Condition.parse(text) for text in clue.question["where"])


def test_saved_questions_quotes_tests_and_pages_are_evidence_too(shop, browse, why):
    client, experiment = browse("owner"), prepared(shop)
    asked = {"metrics": ["net_sales"], "period": "all"}
    saved = save_question(title="All sales", question=asked, by=shop["owner"], at=BEGAN)
    sent = {
        "saved": {"question": saved.pk, "words": "In all."},
        "quote": {"words": "I waited.", "said_by": "A customer"},
        "test": {"experiment": experiment.pk, "words": "Tried."},
        "thing": {"address": reverse("experiments_experiment", args=[experiment.pk]), "words": "See there."},
    }
    for kind, given in sent.items():
        for _click in range(2):
            assert client.post(at("clue", why, kind), given).status_code == 302
    client.post(at("clue", why, "thing"), {"address": "https://logs.example/sms", "words": "The log."})
    assert [clue.kind for clue in why.clues.order_by("pk")] == ["figure", "quote", "test", "thing", "thing"]
    page = client.get(at("why", why)).content.decode()
    for word in ("In all.", "I waited.", "A customer", experiment.title, "https://logs.example/sms"):
        assert word in page
    answer = client.post(at("clue", why, "thing"), {"address": "javascript:alert(1)", "words": "x"})
    assert answer.status_code == 422
    clue = why.clues.get(kind="quote")
    client.post(at("clue_removal", clue))
    assert not why.clues.filter(kind="quote").exists()


def test_the_tree_is_asked_judged_and_concluded_by_click(shop, browse, diagnosis):
    client = browse("owner")
    client.post(at("first_why", diagnosis), {"statement": "Too long"})
    top = Why.objects.get()
    client.post(at("clue", top, "quote"), {"words": "I waited.", "said_by": ""})
    client.post(at("verdict", top), {"verdict": "holds", "reason": ""})
    answer = client.post(at("ask", top), {"statement": "Messages are late"})
    low = Why.objects.get(parent=top)
    assert answer["Location"] == at("why", low)
    client.post(at("clue", low, "quote"), {"words": "None came.", "said_by": ""})
    client.post(at("verdict", low), {"verdict": "root", "reason": "All agree."})
    on = timezone.localdate()
    client.post(at("remedy", low), {
        "title": "Another gateway", "owner": shop["owner"].pk, "due_on": on.isoformat(),
        "metric": "net_sales", "expected_percent": "5", "check_on": (on + timedelta(days=28)).isoformat(),
    })  # fmt: skip
    page = client.get(at("diagnosis", diagnosis)).content.decode()
    assert '<span class="why-number">1.1</span>' in page
    assert "+5.0%" in page
    client.post(at("conclusion", diagnosis), {"conclusion": "The gateway."})
    diagnosis.refresh_from_db()
    assert diagnosis.stage == "concluded"
    page = client.get(at("diagnosis", diagnosis)).content.decode()
    assert "The gateway." in page
    assert 'id="ask"' not in page
    assert client.post(at("first_why", diagnosis), {"statement": "More"}).status_code == 403
    remedy = Remedy.objects.get()
    assert client.post(at("remedy_done", remedy), {"done_on": ""}).status_code == 422
    client.post(at("remedy_done", remedy), {"done_on": on.isoformat()})
    remedy.refresh_from_db()
    assert remedy.done_on == on
    (line,) = client.get(reverse("diagnoses_list"), {"effect": "waiting"}).context["listing"].lines
    assert [cell.text for cell in line.cells][4:7] == ["2", "1", "1 / 1"]


def test_what_came_of_it_is_read_shown_and_told(shop, browse, root):
    remedy = remedied(shop, root)
    assert told(shop["lead"]) == ["%(by)s asks you for “%(remedy)s” by %(day)s (diagnosis “%(subject)s”)."]
    finish_remedy(
        remedy=remedy, done_on=date(2026, 2, 12), by=shop["lead"], at=datetime(2026, 2, 13, tzinfo=UTC)
    )
    assert [read_remedies(at=AT), read_remedies(at=AT), tell_of_undone_remedies(at=AT)] == [1, 0, 0]
    remedy.refresh_from_db()
    page = browse("lead").get(at("why", root)).content.decode()
    assert {"held": "As expected, or more", "less": "Less than expected"}[remedy.outcome] in page
    assert "As many days before as after" in page
    assert [len(told(shop[name])) for name in ("lead", "owner")] == [2, 1]
    assert "was expected of it" in told(shop["owner"])[0]


def test_what_was_not_done_is_told_once_when_it_is_late_and_once_on_the_day_of_reading(shop, root):
    remedied(shop, root, check_on=date(2026, 2, 20))
    late = datetime(2026, 2, 14, 4, 0, tzinfo=UTC)
    assert [tell_of_undone_remedies(at=late), tell_of_undone_remedies(at=late)] == [1, 0]
    assert [tell_of_undone_remedies(at=AT), tell_of_undone_remedies(at=AT)] == [2, 0]
    assert "nobody has said that it was done" in told(shop["owner"])[0]


def test_where_no_day_lies_between_nothing_can_be_said(shop, root):
    remedy = remedied(shop, root, check_on=date(2026, 2, 13))
    finish_remedy(
        remedy=remedy, done_on=date(2026, 2, 12), by=shop["lead"], at=datetime(2026, 2, 13, tzinfo=UTC)
    )
    assert read_remedies(at=AT) == 1
    remedy.refresh_from_db()
    assert (remedy.outcome, remedy.found) == ("unknown", None)


def test_nobody_answers_for_what_they_do_not_see(shop, diagnosis, root):
    with pytest.raises(DiagnosisUnclear, match="does not see"):
        remedied(shop, root, owner=shop["east"])
    with pytest.raises(DiagnosisUnclear, match="does not see"):
        add_diagnosis(
            unit=shop["unit"], title="x", problem="x", noticed_on=date(2026, 2, 9), owner=shop["east"],
            by=shop["owner"], at=BEGAN,
        )  # fmt: skip


def test_others_find_nothing_and_change_nothing(shop, browse, diagnosis, why):
    add_quote(why=why, words="等不到簡訊。", said_by="", by=shop["owner"], at=BEGAN)
    for name in ("east", "other"):
        client = browse(name)
        assert diagnosis.title not in client.get(reverse("diagnoses_list")).content.decode()
        for door in (at("diagnosis", diagnosis), at("edit", diagnosis), at("why", why)):
            assert client.get(door).status_code == 404
        for door in (at("verdict", why), at("clue", why, "quote"), at("clue_removal", why.clues.get())):
            assert client.post(door).status_code == 404


def test_who_only_sees_it_gives_evidence_but_does_not_judge(shop, browse, organisation, diagnosis, why):
    shop["guest"] = organisation.person("grocer")
    client = browse("guest")
    assert client.post(at("clue", why, "quote"), {"words": "I waited.", "said_by": ""}).status_code == 302
    assert client.post(at("verdict", why), {"verdict": "root", "reason": ""}).status_code == 403
    assert client.post(at("drop", diagnosis), {"conclusion": "x"}).status_code == 403
    page = client.get(at("diagnosis", diagnosis)).content.decode()
    assert at("drop", diagnosis) not in page


def test_a_tree_is_drawn_with_as_many_queries_however_large(
    shop, browse, diagnosis, django_assert_max_num_queries
):
    client, own = browse("owner"), {"by": shop["owner"], "at": BEGAN}
    asked = {"metrics": ["net_sales"], "by": ["week"], "period": "2026-02-01..2026-02-28"}
    for place in range(6):
        one = ask_why(diagnosis=diagnosis, parent=None, statement=f"{place}", **own)
        add_figure(why=one, question=asked, words="逐週", **own)
        add_quote(why=one, words="慢。", said_by="", **own)
    client.get(at("diagnosis", diagnosis))
    with django_assert_max_num_queries(40):
        assert client.get(at("diagnosis", diagnosis)).status_code == 200


def test_a_conclusion_is_offered_as_evidence(shop, diagnosis, root):
    remedied(shop, root)
    conclude_diagnosis(diagnosis=diagnosis, conclusion="通道", by=shop["owner"], at=AT)
    event = Event.objects.get(name="learning.diagnosis.concluded")
    assert event.subject == f"diagnosis:{diagnosis.pk}"
    assert REACTIONS[event.name] == ("remit.duties.actions.sighting.see_event",)
    (draft,) = [one for one in shipped_drafts() if one.evidence_seen_by == event.name]
    assert (draft.code, draft.evidence_of) == ("H6.2.1", "diagnosis")
