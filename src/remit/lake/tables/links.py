"""Who is whom, as journeys read it: a projection of the database, which no file fills."""

from dataclasses import replace

from remit.core.text import Text

from .shared import CUSTOMER_ID, UNIT_ID
from .table import CODE, Column, Table

LINKS = Table(
    name="links",
    title=Text("身分連結", "Links"),
    grain=Text("一個行為人編號屬於一位客戶。", "One person code that belongs to one customer."),
    kind="relation",
    day=None,
    key=("unit_id", "person_code"),
    imported=False,
    columns=(
        UNIT_ID,
        Column(
            "person_code",
            CODE,
            Text("行為人", "Person"),
            Text("事件裡的行為人編號。", "The person of events, as they name them."),
            nullable=False,
            given=False,
        ),
        replace(
            CUSTOMER_ID,
            meaning=Text(
                "這個編號屬於哪一位客戶；旅程把同一位客戶的編號算作一個人。",
                "Whose code it is; journeys count the codes of one customer as one person.",
            ),
            nullable=False,
            headers=(),
            given=False,
        ),
    ),
)
