"""The description of ``/collect`` (OpenAPI 3.1), made from the very shapes that check what comes."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from remit.collection.reading.event import Event, Sent


class Refused(BaseModel):
    """An event that was not taken."""

    index: int = Field(description="its place in the batch, from 0")
    reason: str


class Answer(BaseModel):
    """What became of the events. ``taken`` are kept for good, also those whose id had come before."""

    taken: int
    declined: int = Field(description="not kept: the person did not agree, or asks not to be tracked")
    refused: list[Refused]


class Problem(BaseModel):
    """Why nothing was taken."""

    detail: str


PROBLEMS = {
    400: "no JSON, or not packed as it says",
    401: "unknown or disabled key",
    403: "the key is not for this origin",
    413: "above 1 MB, as sent or unpacked",
    422: "JSON, but no batch of events",
    429: "above the key's limit; Retry-After says in how many seconds",
}


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The whole document; fixed while the process lives."""
    shapes: list[Any] = [(Sent, "validation"), (Event, "validation")]
    shapes += [(Answer, "serialization"), (Problem, "serialization")]
    _names, found = models_json_schema(shapes, ref_template="#/components/schemas/{model}")
    schemas = found["$defs"]
    schemas["Sent"]["properties"]["events"]["items"] = {"$ref": "#/components/schemas/Event"}
    answers: dict[str, Any] = {"200": _answer("what became of each event", "Answer")}
    answers |= {str(status): _answer(why, "Problem") for status, why in PROBLEMS.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Remit: events", "version": "1"},
        "paths": {
            "/collect": {
                "post": {
                    "summary": "Send events",
                    "operationId": "collect",
                    "security": [{"bearer": []}, {"address": []}],
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Sent"}}},
                    },
                    "responses": answers,
                }
            }
        },
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "address": {"type": "apiKey", "in": "query", "name": "key"},
            },
        },
    }


def _answer(meaning: str, shape: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    return {"description": meaning, "content": content}
