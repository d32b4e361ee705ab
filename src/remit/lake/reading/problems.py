"""What is wrong with one row, so that a person can put it right."""

from dataclasses import asdict, dataclass

from remit.core.text import Text

from ..tables import TABLES

SHOWN_MAX = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """``code`` is a key of SENTENCES. ``value`` is what the file says, ``detail`` what was expected."""

    code: str
    column: str = ""
    value: str = ""
    detail: str = ""

    def plain(self) -> dict[str, str]:
        """For JSON, without what is empty."""
        return {name: text for name, text in asdict(self).items() if text}

    def say(self, table: str, language: str) -> str:
        """The sentence a person reads: column, value, what is expected."""
        contract = TABLES[table].by_name.get(self.column)
        title = contract.title.say(language) if contract else self.column
        meaning = contract.meaning.say(language) if contract else ""
        value = self.value if len(self.value) <= SHOWN_MAX else self.value[:SHOWN_MAX] + "…"
        words = {"column": title, "value": value, "detail": self.detail, "meaning": meaning}
        return SENTENCES[self.code].say(language).format(**words)


SENTENCES: dict[str, Text] = {
    "missing": Text("「{column}」是空的，但一定要有。", "“{column}” is empty and must not be."),
    "not_a_day": Text(
        "「{column}」的「{value}」不是日期。應寫成 {detail}。",
        "“{column}”: “{value}” is not a day. Expected form: {detail}.",
    ),
    "not_a_time": Text(
        "「{column}」的「{value}」不是時刻。應寫成 {detail}。",
        "“{column}”: “{value}” is not a time. Expected form: {detail}.",
    ),
    "too_far": Text(
        "「{column}」的「{value}」太遠，只收 {detail} 之間的日子。請改正日期，或檢查日期的讀法。",
        "“{column}”: “{value}” is too far away; days of {detail} are taken. "
        "Correct the day, or check how days are read.",
    ),
    "to_come": Text(
        "「{column}」的 {value} 還沒有到，最晚只收到 {detail}。請改正日期，或檢查日期的讀法。",
        "“{column}”: {value} has not come yet; the latest day taken is {detail}. "
        "Correct the day, or check how days are read.",
    ),
    "not_a_number": Text(
        "「{column}」的「{value}」不是數字，或位數太多。應寫成 {detail}。",
        "“{column}”: “{value}” is not a number, or has too many digits. Expected form: {detail}.",
    ),
    "too_long": Text(
        "「{column}」的「{value}」太長，最多 {detail} 個字。",
        "“{column}”: “{value}” is too long; at most {detail} characters.",
    ),
    "not_allowed": Text(
        "「{column}」不能是「{value}」。{meaning}", "“{column}” cannot be “{value}”. {meaning}"
    ),
    "unknown_code": Text(
        "「{column}」的代碼「{value}」還沒有登記。請先匯入清單，或改正代碼。",
        "“{column}”: the code “{value}” is not known. Import its list first, or correct the code.",
    ),
    "identical": Text(
        "和第 {detail} 行一模一樣（{value}），只載入一次。若真的是兩筆，請換一個分得出來的鍵。",
        "Line {detail} says exactly the same ({value}), so it counts once. If they are two, choose a key that"
        " tells them apart.",
    ),
    "repeated": Text(
        "和第 {detail} 行是同一筆（{value}），內容卻不同。請確認哪一行才對。",
        "Line {detail} has the same key ({value}) with different content. Decide which of them is right.",
    ),
    "already_there": Text(
        "這一筆（{value}）已由第 {detail} 號匯入帶來，內容不同。",
        "This key ({value}) is there from import {detail}, with different content.",
    ),
    "broken_row": Text(
        "這一行不像一列資料：{detail}。請檢查分隔符號與引號。",
        "This line is not a row: {detail}. Check delimiters and quotes.",
    ),
}
