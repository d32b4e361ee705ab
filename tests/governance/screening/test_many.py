"""Many texts are screened by several processes; the answers are those of one, in the same order."""

from pytest import MonkeyPatch

from remit.governance.screening.many import MANY, screened
from remit.governance.screening.packs import shipped
from tests.governance.screening.labelled import labelled


def test_several_processes_answer_like_one(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    some = [one.text for one in labelled()][:200]
    texts = [some[at % len(some)] for at in range(MANY + 37)]
    verdicts = [shipped().screen(text, "food").verdict.value for text in some]
    got = list(screened(shipped(), texts, "food", lambda answer: (answer.text, answer.verdict.value)))
    assert [text for text, _verdict in got] == texts
    assert [verdict for _text, verdict in got[: len(some)]] == verdicts
