"""How each kind of robot is spoken to.

DingTalk: https://open.dingtalk.com/document/robots/custom-robot-access
Feishu: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
WeCom: https://developer.work.weixin.qq.com/document/path/99110

Messages are plain text or structured, never Markdown: what a notice quotes can neither format nor call
anybody.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .robots import DINGTALK, FEISHU, WECOM, Robot

TIMEOUT_S = 10
ANSWER_BYTES_MAX = 65_536
CODES = {DINGTALK: ("errcode",), FEISHU: ("code", "StatusCode"), WECOM: ("errcode",)}


class NotDelivered(RuntimeError):
    """The robot's service did not take the message; the sentence holds neither address nor secret."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a robot says. ``lines``: sentences, each with the address that it leads to, or none."""

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        said = (f"- {sentence}\n  {url}" if url else f"- {sentence}" for sentence, url in self.lines)
        return "\n".join([self.title, *said])


type Letterhead = tuple[str, dict[str, Any]]  # address and body of a request


def post(robot: Robot, message: Message, at: datetime) -> None:
    """Hand a message over. Raise NotDelivered unless the service says that it took it."""
    url, body = SPEECH[robot.kind](robot, message, at)
    request = Request(  # noqa: S310  # https or this machine: read_robots refuses every other address
        url,
        json.dumps(body).encode(),
        {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.id},
    )
    try:
        with build_opener(_Straight).open(request, timeout=TIMEOUT_S) as answer:
            said = json.loads(answer.read(ANSWER_BYTES_MAX))
    except HTTPError as error:
        raise NotDelivered(f"{robot.name}: HTTP status {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NotDelivered(f"{robot.name}: {type(error).__name__}: {error}") from error
    _require_yes(robot, said if isinstance(said, dict) else {})


def dingtalk(robot: Robot, message: Message, at: datetime) -> Letterhead:
    """Signed in the address: HMAC-SHA256 of milliseconds and secret, by the secret."""
    stamp = str(round(at.timestamp() * 1000))
    sign = _signature(robot.secret, f"{stamp}\n{robot.secret}")
    return _with(robot.url, timestamp=stamp, sign=sign), _text(message.text)


def feishu(robot: Robot, message: Message, at: datetime) -> Letterhead:
    """Signed in the body: HMAC-SHA256 of nothing, by seconds and secret."""
    stamp = str(round(at.timestamp()))
    paragraphs = [
        [{"tag": "text", "text": "- "}, {"tag": "a", "text": sentence, "href": url}]
        if url
        else [{"tag": "text", "text": f"- {sentence}"}]
        for sentence, url in message.lines
    ]
    return robot.url, {
        "timestamp": stamp,
        "sign": _signature(f"{stamp}\n{robot.secret}", ""),
        "msg_type": "post",
        "content": {"post": {"zh_cn": {"title": message.title, "content": paragraphs}}},
    }


def wecom(robot: Robot, message: Message, at: datetime) -> Letterhead:
    """Known by its key. ``<@`` would call a colleague, whoever wrote it."""
    url = _with(robot.url, key=robot.secret) if robot.secret else robot.url
    return url, _text(message.text.replace("<@", "＜@"))


SPEECH: dict[str, Callable[[Robot, Message, datetime], Letterhead]] = {
    DINGTALK: dingtalk,
    FEISHU: feishu,
    WECOM: wecom,
}


def _require_yes(robot: Robot, said: dict[str, Any]) -> None:
    codes = [said[name] for name in CODES[robot.kind] if name in said]
    if not codes:
        raise NotDelivered(f"{robot.name}: answered without a code")
    if any(code != 0 for code in codes):
        raise NotDelivered(f"{robot.name}: answered {codes[0]}: {said.get('errmsg') or said.get('msg')}")


class _Straight(HTTPRedirectHandler):
    """A robot that sends elsewhere is not followed: the message is for nobody else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def _signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)).decode()


def _text(text: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": text}}


def _with(url: str, **words: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(words)}"
