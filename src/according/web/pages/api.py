"""The API told to people: what can be asked, with what, and what comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from according.web.api.openapi import ABOUT, document
from according.web.rendering import page

router = APIRouter()


@router.get("/api", name="api")
def api(request: Request) -> Response:
    """All operations of the API, as its OpenAPI has them."""
    told = document(request.app)
    by_noun: dict[str, list[dict[str, Any]]] = {}
    for operation in _operations(told):
        by_noun.setdefault(operation["noun"], []).append(operation)
    return page(
        request, "api.html", about=ABOUT, nouns=by_noun, schemas=_schemas(told), called=called, base=str(request.base_url).rstrip("/")
    )


def _operations(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield {
                "noun": operation["tags"][0],
                "id": operation["operationId"].replace("_", "-"),
                "method": method.upper(),
                "path": path,
                "about": operation["description"],
                "parameters": [_parameter(parameter) for parameter in operation.get("parameters", ())],
                "body": _body(operation),
                "answer": _named(operation["responses"].get("200") or operation["responses"]["201"]),
                "statuses": [(status, answer["description"]) for status, answer in sorted(operation["responses"].items())],
            }


def _parameter(told: Mapping[str, Any]) -> dict[str, Any]:
    schema = told["schema"]
    several = schema.get("type") == "array"
    return {
        "name": told["name"],
        "where": told["in"],
        "needed": told["required"],
        "several": several,
        "about": told.get("description", ""),
        "one_of": _named_in(schema.get("items", schema) if several else schema),
    }


def _body(operation: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """The kinds of bodies that an operation takes, each with the name of its schema."""
    content = operation.get("requestBody", {}).get("content", {})
    return [(kind, _named_in(told["schema"])) for kind, told in content.items()]


def _named(answer: Mapping[str, Any]) -> str | None:
    return _named_in(answer["content"]["application/json"]["schema"])


def _named_in(schema: Mapping[str, Any]) -> str | None:
    reference = schema.get("$ref") or next((one["$ref"] for one in schema.get("anyOf", ()) if "$ref" in one), None)
    return str(reference).rpartition("/")[2] if reference else None


def _schemas(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the records are made of, by their names."""
    found = []
    for name, schema in sorted(told["components"]["schemas"].items()):
        needed = schema.get("required", ())
        fields = [
            {"name": field, "kind": _kind(one), "needed": field in needed, "about": one.get("description", "")}
            for field, one in schema.get("properties", {}).items()
        ]
        found.append({"name": name, "about": schema.get("description", ""), "values": schema.get("enum", ()), "fields": fields})
    return found


def called(name: str) -> str:
    """``Page_ClaimItem_``, as OpenAPI has it, → page of ClaimItem."""
    words = [word for word in name.split("_") if word not in ("", "Union")]
    return f"page of {' or '.join(words[1:])}" if words[0] == "Page" else name


def _kind(schema: Mapping[str, Any]) -> str:
    """In a few words: text, number, Span, list of Party or null."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    return {"string": str(schema.get("format", "text")), "object": "object"}.get(
        str(schema.get("type")), str(schema.get("type", "anything"))
    )
