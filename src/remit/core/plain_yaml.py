"""YAML as people write it by hand: read without trust, and every mistake told with its line."""

from typing import Any

import yaml

from .text import Text

DEPTH_MAX = 12  # a handbook nests five deep
NUMBER_MAX = 2**63
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotPlain(ValueError):
    """The text is no YAML, or says something in a way that would be misread. ``why`` names the line."""

    def __init__(self, line: int, zh_hant: str, en: str) -> None:
        self.why = Text(f"第 {line} 行：{zh_hant}", f"Line {line}: {en}")
        super().__init__(self.why.en)


def read_plain(text: str) -> Any:
    """What the text says: mappings, lists, words, numbers, days. Raise NotPlain.

    Refused besides what is no YAML: aliases and deep nesting (both can make a small file fill the memory),
    tags (which force words into what they are not), and a key that a mapping has twice (one would be lost).
    """
    try:
        _require_harmless(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader, in C where there is one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        last = len(text.splitlines()) or 1  # what is left open is noticed behind it
        raise NotPlain(
            min(mark.line + 1, last) if mark else 1, "不是有效的 YAML。", "this is not YAML."
        ) from error


class _Loader(_LOADER):  # type: ignore[misc]  # which of the two is known only when it runs
    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            made = super().construct_object(node, deep)
        except NotPlain:
            raise
        except (ValueError, OverflowError) as error:  # 2026-99-99, or a number of five thousand digits
            raise _no_value(node) from error
        # 1:30 would be ninety, counted in sixties.
        if isinstance(made, int | float) and (abs(made) > NUMBER_MAX or ":" in str(node.value)):
            raise _no_value(node)
        return made

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        seen: list[Any] = []
        for key, _value in node.value:
            line = key.start_mark.line + 1
            if key.tag == "tag:yaml.org,2002:merge":
                raise NotPlain(line, "請去掉 <<，直接寫出內容。", "leave out << and write out what is meant.")
            made = self.construct_object(key, deep=True)
            if made in seen:
                raise NotPlain(
                    line,
                    f"「{key.value}」在同一處寫了兩次，請只留一個。",
                    f"{key.value} is said twice in one place: keep one of them.",
                )
            seen.append(made)
        return super().construct_mapping(node, deep)


def _no_value(node: yaml.Node) -> NotPlain:
    shown = str(node.value)[:40]
    return NotPlain(
        node.start_mark.line + 1, f"{shown} 不是有效的日期或數字。", f"{shown} is no day and no number."
    )


def _require_harmless(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise NotPlain(
                line,
                f"*{event.anchor} 引用了別處，請直接寫出內容。",
                f"*{event.anchor} refers to another place. Write out what is meant.",
            )
        if tag := (getattr(event, "tag", None) or "").replace("tag:yaml.org,2002:", "!!"):
            raise NotPlain(
                line, f"請去掉標籤 {tag}，直接寫值。", f"leave out the tag {tag} and write the value."
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH_MAX:
            raise NotPlain(
                line,
                f"清單與對照巢狀超過 {DEPTH_MAX} 層。",
                f"lists and mappings lie more than {DEPTH_MAX} deep.",
            )
