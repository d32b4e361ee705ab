"""What REMIT_ROBOTS may say."""

import json

import pytest

from remit.notices.robots import read_robots

SOUND = {"kind": "dingtalk", "url": "https://oapi.dingtalk.com/robot/send?access_token=x", "secret": "SEC1"}


def read(**changes):
    robots, faults = read_robots(json.dumps({"marketing": SOUND | changes}))
    return sorted(robots), [fault.sentence for fault in faults]


@pytest.mark.parametrize("text", ["", "{}", "# none\n"])
def test_nothing_is_set_up_by_default(text):
    assert read_robots(text) == ({}, ())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kind": "feishu", "url": "https://open.feishu.cn/open-apis/bot/v2/hook/x"},
        {"kind": "wecom", "url": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", "secret": ""},
        {"url": "http://127.0.0.1:8105/robot"},
        {"url": "http://[::1]/robot"},
        {"url": "http://localhost/robot"},
    ],
)
def test_a_sound_robot_is_read(changes):
    assert read(**changes) == (["marketing"], [])


def test_json_and_yaml_are_read_alike():
    flow = f'{{marketing: {{kind: dingtalk, url: "{SOUND["url"]}", secret: SEC1}}}}'
    assert read_robots(flow) == read_robots(json.dumps({"marketing": SOUND}))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "slack"}, "The robot marketing is of no known kind."),
        ({"kind": ["dingtalk"]}, "The robot marketing is of no known kind."),
        ({"url": "http://oapi.dingtalk.com/robot"}, "would be spoken to in the clear, or nowhere."),
        ({"url": "http://127.0.0.1.evil.example/robot"}, "would be spoken to in the clear, or nowhere."),
        ({"url": "https://user@/x y"}, "would be spoken to in the clear, or nowhere."),
        ({"url": "https://example.com:port/"}, "would be spoken to in the clear, or nowhere."),
        ({"url": "file:///etc/passwd"}, "would be spoken to in the clear, or nowhere."),
        ({"url": 7}, "would be spoken to in the clear, or nowhere."),
        ({"secret": ""}, "The robot marketing has no secret."),
        ({"secret": 12345}, "The robot marketing has no secret."),
        ({"kind": "wecom"}, None),
        ({"kind": "wecom", "secret": ""}, "The robot marketing has no secret."),
        ({"token": "x"}, "The robot marketing is not described."),
    ],
)
def test_a_fault_is_named_and_its_robot_left_out(changes, sentence):
    names, faults = read(**changes)
    if sentence is None:
        assert (names, faults) == (["marketing"], [])
    else:
        assert (names, len(faults)) == ([], 1)
        assert sentence in faults[0]


@pytest.mark.parametrize("text", ["- a list", "just words", "{marketing: {secret: SEC1", "a: b: c"])
def test_what_is_no_mapping_is_a_fault_that_quotes_no_secret(text):
    robots, [fault] = read_robots(text)
    assert (robots, fault.sentence, "SEC1" in fault.hint) == ({}, "REMIT_ROBOTS cannot be read.", False)


@pytest.mark.parametrize("name", ["two words", "", "x" * 41, "7"])
def test_a_name_is_one_short_word(name):
    robots, faults = read_robots(json.dumps({name: SOUND}))
    assert (sorted(robots), len(faults)) == (([name], 0) if name == "7" else ([], 1))


def test_a_fault_hides_no_other_robot_and_no_print_shows_a_secret():
    robots, faults = read_robots(json.dumps({"good": SOUND, "bad": SOUND | {"kind": "x"}}))
    assert (sorted(robots), len(faults)) == (["good"], 1)
    assert repr(robots["good"]) == "Robot(name='good', kind='dingtalk')"
