"""No string stays untranslated unseen, and zh-Hans follows from zh-Hant."""

from pathlib import Path

import polib
import pytest

from tools import messages

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def strings_of(name: str, text: str) -> list[messages.Key]:
    found: messages.Messages = {}
    path = messages.SOURCE / name
    messages.gather(found, path, messages.python_of(text) if name.endswith("html") else text)
    return sorted(found)


def test_strings_of_python_are_found_in_every_form() -> None:
    text = (
        "a = _('Save')\nb = gettext_lazy('Board')\nc = ngettext('%d row', '%d rows', n)\n"
        "d = pgettext('verb', 'Open')\ne = _('two '\n  'lines')\n"
    )
    assert strings_of("x.py", text) == [
        ("", "%d row", "%d rows"),
        ("", "Board", ""),
        ("", "Save", ""),
        ("", "two lines", ""),
        ("verb", "Open", ""),
    ]


def test_strings_of_templates_are_found_in_every_form() -> None:
    text = (
        '    <c-button label="{% trans "It\'s saved" %}">{% translate "Save" %}</c-button>\n'
        "  {% blocktrans trimmed count n=rows %}\n    {{ n }} row\n  {% plural %}\n   {{ n }} rows\n"
        "{% endblocktrans %}\n"
        "{{ _('Board') }}{{ name|default:_('nobody') }}{% trans 'Open' context 'verb' %}"
        "{% if x %}plain{% endif %}{% blocktrans %}Hello “{{ name }}”{% endblocktrans %}"
    )
    assert strings_of("x.html", text) == [
        ("", "%(n)s row", "%(n)s rows"),
        ("", "Board", ""),
        ("", "Hello “%(name)s”", ""),
        ("", "It's saved", ""),
        ("", "Save", ""),
        ("", "nobody", ""),
        ("verb", "Open", ""),
    ]


@pytest.mark.parametrize(
    ("english", "chinese", "problems"),
    [
        ("%(n)s of %(total)s", "%(total)s 之 %(n)s", 0),
        ("%(n)s of %(total)s", "%(n)s", 1),
        ("Hello {name}", "你好 {nam}", 1),
        ("%d rows", "%d 列", 0),
        ("100%", "百分之百", 0),
    ],
)
def test_a_placeholder_lost_or_invented_is_found(english: str, chinese: str, problems: int) -> None:
    assert len(list(messages.wrong(polib.POEntry(msgid=english, msgstr=chinese)))) == problems


def test_two_rooms_that_translate_one_string_differently_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(HEAD + 'msgid "Board"\nmsgstr "看板"\n')
    (tmp_path / "b.po").write_text(HEAD + 'msgid "Board"\nmsgstr "儀表板"\n')
    authored, problems = messages.read_parts(tmp_path)
    assert len(authored) == 1
    assert problems == [
        "b.po: 'Board' is '儀表板' here and '看板' elsewhere: agree on one, or give one a context"
    ]


def test_simplified_is_derived_with_phrases_and_a_correction_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    monkeypatch.setattr(messages, "CORRECTIONS", tmp_path / "corrections.po")
    (tmp_path / "corrections.po").write_text(HEAD + 'msgid "Board"\nmsgstr "仪表盘"\n')
    entries = [polib.POEntry(msgid="Network", msgstr="網路資料"), polib.POEntry(msgid="Board", msgstr="看板")]
    entries.append(polib.POEntry(msgid="%d row", msgid_plural="%d rows", msgstr_plural={0: "%d 個檔案"}))
    messages.compile_both({messages.key_of(entry): entry for entry in entries})
    made = {
        entry.msgid: messages.translation(entry)
        for entry in polib.mofile(str(tmp_path / "zh_Hans/LC_MESSAGES/django.mo"))
    }
    assert made == {"Network": "网络数据", "Board": "仪表盘", "%d row": "%d 个文件"}
    hant = polib.mofile(str(tmp_path / "zh_Hant/LC_MESSAGES/django.mo"))
    assert [entry.msgstr for entry in hant if entry.msgid == "Network"] == ["網路資料"]


def test_every_string_of_the_product_is_translated_with_its_placeholders() -> None:
    authored, problems = messages.read_parts()
    missing = {key[1]: places[0] for key, places in messages.extract_all().items() if key not in authored}
    assert missing == {}
    assert [*problems, *(problem for entry in authored.values() for problem in messages.wrong(entry))] == []
