"""What a person is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.translation import override

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.notices.actions import notify, read, send_due
from remit.notices.actions.letter import Outcome
from remit.notices.actions.notice import UnfilledSentence
from remit.notices.actions.preference import QuietHoursNeedBothEnds
from remit.notices.deciding import ATTEMPTS
from remit.notices.enums import Pace
from remit.notices.models import Dispatch, Letter, Notice
from remit.notices.queries import said, unread_count
from remit.notices.rules import notices_visible_to
from remit.notices.tasks import send_letters

from .conftest import NOON, CrashingAfter, Killed, Refusing, prefer

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def tell(*people, text="Sales fell to %(value)s.", at=NOON, **more):
    return notify(people=people, text=text, fields={"value": 3}, at=at, **more)


# -- in the product ---------------------------------------------------------------------------


def test_a_notice_is_its_persons_alone(ann, bo):
    tell(ann)
    assert [one.sentence for one in said(notices_visible_to(ann), ann)] == ["Sales fell to 3."]
    assert (list(notices_visible_to(bo)), unread_count(ann), unread_count(bo)) == ([], 1, 0)


def test_a_person_in_a_notice_is_named_in_the_language_of_who_reads(ann, bo):
    bo.name, bo.name_en = "薄小明", "Bo"
    notify(people=[ann], text="%(by)s returned it: %(reason)s", fields={"by": bo, "reason": "?"}, at=NOON)
    read_in = {}
    for language in ("en", "zh-hant", "zh-hans"):
        with override(language):
            (read_in[language],) = (one.sentence for one in said(notices_visible_to(ann), ann))
    assert read_in == {
        "en": "Bo returned it: ?",
        "zh-hant": "薄小明 returned it: ?",
        "zh-hans": "薄小明 returned it: ?",
    }


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "27 Nov 2026, 4 Dec 2026 14:00 (Asia/Taipei), 2026-02-30, until 2026-11-27."),
        ("zh-hant", "2026年11月27日, 2026年12月4日 14:00 (Asia/Taipei), 2026-02-30, until 2026-11-27."),
        ("zh-hans", "2026年11月27日, 2026年12月4日 14:00 (Asia/Taipei), 2026-02-30, until 2026-11-27."),
    ],
)
def test_a_day_in_a_notice_reads_as_the_language_writes_it(ann, language, sentence):
    fields = {"day": "2026-11-27", "when": "2026-12-04 14:00 (Asia/Taipei)", "no": "2026-02-30"}
    fields["free"] = "until 2026-11-27"
    notify(people=[ann], text="%(day)s, %(when)s, %(no)s, %(free)s.", fields=fields, at=NOON)
    with override(language):
        assert [one.sentence for one in said(notices_visible_to(ann), ann)] == [sentence]


def test_nobody_marks_anothers_notice_as_read(ann, bo):
    [mine], [theirs] = tell(ann), tell(bo)
    assert read(by=ann, at=NOON, notices=[mine.pk, theirs.pk]) == 1
    assert (unread_count(ann), unread_count(bo)) == (0, 1)
    tell(ann)
    tell(ann)
    assert (read(by=ann, at=NOON), read(by=ann, at=NOON)) == (2, 0)


def test_who_left_is_told_nothing(ann):
    ann.is_active = False
    ann.save()
    assert (tell(ann), Event.objects.filter(name="notices.notice.given").count()) == ([], 0)
    assert list(notices_visible_to(ann)) == []


def test_the_same_key_tells_a_person_once_only(ann, bo):
    assert len(tell(ann, key="alert:7")) == 1
    assert [notice.person for notice in tell(ann, bo, key="alert:7")] == [bo]
    assert tell(ann, bo, key="alert:7") == []
    assert len(tell(ann)) == len(tell(ann)) == 1
    assert Notice.objects.count() == 4


def test_a_sentence_that_lacks_a_field_is_a_mistake_of_the_caller(ann):
    with pytest.raises(UnfilledSentence, match="outlet"):
        tell(ann, text="Sales of %(outlet)s fell.")


def test_a_notice_says_nothing_of_what_its_reader_may_not_see_any_more(ann, visible):
    board = Ref("board", 4)
    visible.add((ann.pk, board))
    tell(ann, text="%(subject)s fell to %(value)s.", subject=board)
    [one] = said(notices_visible_to(ann), ann)
    assert (one.sentence, one.url, one.hidden) == ("Board 4 fell to 3.", "/boards/4", False)
    visible.clear()
    [one] = said(notices_visible_to(ann), ann)
    assert (one.sentence, one.url, one.hidden) == (
        "This was about something that you cannot see any more.",
        "",
        True,
    )


def test_where_nobody_can_tell_who_sees_a_subject_nothing_is_said(ann):
    tell(ann, subject=Ref("board", 4))
    assert said(notices_visible_to(ann), ann)[0].hidden
    assert send_due(at=NOON) == Outcome(sent=1, failed=0)
    assert mail.outbox == []


# -- by e-mail --------------------------------------------------------------------------------


def test_a_letter_says_the_sentence_with_a_link_in_the_readers_language(ann, visible, settings):
    settings.ADDRESS = "https://remit.example.org/"
    visible.add((ann.pk, Ref("board", 4)))
    tell(ann, subject=Ref("board", 4))
    assert send_due(at=NOON) == Outcome(sent=1, failed=0)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["ann@example.org"], "[Remit] Sales fell to 3.")
    assert letter.body == (
        "Hello Ann,\n\n- Sales fell to 3.\n  https://remit.example.org/boards/4\n\n"
        "You chose to be told by e-mail. Change this at:\n"
        "https://remit.example.org/account/notices\n\n"
    )
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert '<a href="https://remit.example.org/boards/4">Sales fell to 3.</a>' in html


@pytest.mark.parametrize(
    ("language", "greeting", "subject"),
    [("zh-hant", "Ann，您好：", "2 則通知"), ("zh-hans", "Ann，您好：", "2 则通知")],
)
def test_a_letter_is_in_the_language_that_the_person_reads(ann, language, greeting, subject):
    ann.language = language
    ann.save()
    tell(ann)
    tell(ann)
    send_due(at=NOON)
    [letter] = mail.outbox
    greeting = "Hello Ann," if language == "en" else "Ann，您好："
    assert (letter.body.splitlines()[0], letter.subject) == (greeting, f"[Remit] {subject}")


def test_what_a_notice_quotes_cannot_change_the_letter(ann):
    notify(people=[ann], text="New: %(name)s", fields={"name": "<b>x</b>\r\nBcc: all@example.org"}, at=NOON)
    send_due(at=NOON)
    [letter] = mail.outbox
    assert letter.subject == "[Remit] New: <b>x</b> Bcc: all@example.org"
    assert "&lt;b&gt;x&lt;/b&gt;" in letter.alternatives[0][0]
    assert "Bcc" not in letter.message()


def test_a_letter_is_sent_once(ann):
    tell(ann)
    assert send_due(at=NOON) == Outcome(1, 0)
    assert send_due(at=NOON + MINUTE) == Outcome(0, 0)
    assert len(mail.outbox) == 1


def test_what_is_read_before_the_letter_goes_is_not_mailed(ann):
    tell(ann)
    read(by=ann, at=NOON)
    send_due(at=NOON)
    assert mail.outbox == []


def test_who_lost_sight_of_the_subject_before_the_letter_went_gets_none(ann, visible):
    visible.add((ann.pk, Ref("board", 4)))
    tell(ann, subject=Ref("board", 4))
    visible.clear()
    send_due(at=NOON)
    assert mail.outbox == []


def test_a_digest_gathers_a_day_in_one_letter(ann):
    prefer(ann, Pace.DIGEST)
    for hour in range(3):
        tell(ann, at=NOON + timedelta(hours=hour))
    assert send_due(at=NOON + timedelta(hours=4)) == Outcome(0, 0)
    assert send_due(at=NOON + timedelta(hours=20)) == Outcome(1, 0)
    [letter] = mail.outbox
    assert (letter.subject, letter.body.count("- Sales fell to 3.")) == ("[Remit] 3 notices", 3)


def test_quiet_hours_hold_letters_and_then_gather_them(ann):
    prefer(ann, quiet=("11:00", "14:00"))
    tell(ann)
    tell(ann, at=NOON + MINUTE)
    assert send_due(at=NOON + timedelta(minutes=119)) == Outcome(0, 0)
    assert send_due(at=NOON + timedelta(minutes=120)) == Outcome(1, 0)
    assert mail.outbox[0].subject == "[Remit] 2 notices"


def test_a_worker_that_was_down_until_the_night_does_not_write_in_it(ann):
    prefer(ann, quiet=("22:00", "07:00"))
    tell(ann)
    night, morning = NOON + timedelta(hours=11), NOON + timedelta(hours=19)
    assert send_due(at=night) == Outcome(0, 0)
    assert send_due(at=morning) == Outcome(1, 0)


def test_a_daily_letter_at_a_quiet_hour_comes_at_that_hour(ann):
    prefer(ann, Pace.DIGEST, quiet=("22:00", "09:00"), digest_at="08:00")
    tell(ann)
    assert send_due(at=NOON + timedelta(hours=20)) == Outcome(1, 0)


def test_who_wants_no_mail_or_has_left_gets_none(ann, bo):
    prefer(ann, Pace.NONE)
    prefer(bo)
    tell(ann, bo)
    bo.is_active = False
    bo.save()
    assert send_due(at=NOON) == Outcome(0, 0)
    assert mail.outbox == []


def test_a_changed_wish_holds_for_what_waits_already(ann):
    prefer(ann, Pace.DIGEST)
    tell(ann)
    prefer(ann, Pace.IMMEDIATELY)
    assert send_due(at=NOON) == Outcome(1, 0)
    tell(ann)
    prefer(ann, Pace.NONE)
    assert send_due(at=NOON + timedelta(days=2)) == Outcome(0, 0)


def test_quiet_hours_need_both_ends(ann):
    with pytest.raises(QuietHoursNeedBothEnds, match="both ends"):
        prefer(ann, quiet=("22:00", None))
    with pytest.raises(ValueError, match="pigeon"):
        prefer(ann, "pigeon")


# -- when things fail -------------------------------------------------------------------------


def test_a_server_that_is_down_is_tried_again_and_the_letter_arrives_once(ann, server, settings):
    working = settings.MAILERS
    tell(ann)
    server(Refusing)
    assert send_due(at=NOON) == Outcome(sent=0, failed=1)
    assert Letter.objects.get().error == "ConnectionRefusedError: no server at this address"
    settings.MAILERS = working
    assert send_due(at=NOON + MINUTE / 2) == Outcome(0, 0)
    assert send_due(at=NOON + MINUTE) == Outcome(1, 0)
    assert len(mail.outbox) == 1


def test_one_letter_that_fails_does_not_hold_up_the_others(ann, bo, settings):
    prefer(bo)
    ann.email = "no address\n"
    ann.save()
    tell(ann, bo)
    assert send_due(at=NOON) == Outcome(sent=1, failed=1)
    assert [letter.to for letter in mail.outbox] == [["bo@example.org"]]


def test_a_letter_is_given_up_after_ten_tries_and_that_is_recorded(ann, server):
    tell(ann)
    server(Refusing)
    at = NOON
    for _try in range(ATTEMPTS + 2):
        send_due(at=at)
        at += timedelta(hours=6)
    letter = Letter.objects.get()
    assert (letter.attempts, letter.sent_at, letter.given_up_at is None) == (ATTEMPTS, None, False)
    assert Event.objects.filter(name="notices.letter.given_up").count() == 1


def test_a_crash_before_the_letter_is_out_loses_nothing(ann):
    tell(ann)
    Letter.objects.create(person=ann, made_at=NOON, due_at=NOON, held_until=NOON + 5 * MINUTE, attempts=1)
    Dispatch.objects.update(letter=Letter.objects.get())
    assert send_due(at=NOON + MINUTE) == Outcome(0, 0)
    assert send_due(at=NOON + 5 * MINUTE) == Outcome(1, 0)
    assert len(mail.outbox) == 1


def test_a_crash_after_the_letter_is_out_repeats_it_under_the_same_message_id(ann, server, settings):
    working = settings.MAILERS
    tell(ann)
    server(CrashingAfter)
    with pytest.raises(Killed):
        send_due(at=NOON)
    settings.MAILERS = working
    assert send_due(at=NOON + 5 * MINUTE) == Outcome(1, 0)
    assert send_due(at=NOON + 20 * MINUTE) == Outcome(0, 0)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_the_clock_sends_what_is_due(ann):
    tell(ann)
    assert send_letters.call() == {"sent": 1, "failed": 0}
    assert Letter.objects.get().sent_at is not None
