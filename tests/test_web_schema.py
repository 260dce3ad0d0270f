"""The API against its own OpenAPI: whatever is sent, no fault of the server, statuses and records as they are told, by schemathesis.

``SCHEMA_EXAMPLES=200`` sends that many examples to each operation.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events as told
from schemathesis.engine import from_schema

from according import intake, pipeline
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.records import claim_record
from according.web.app import application
from according.web.site import Site
from hand_ledger import put, put_set
from told_events import take

EXAMPLES = Path(__file__).parent.parent / "examples"
_MOST = int(os.environ.get("SCHEMA_EXAMPLES", "6"))
#: Words that a schema cannot tell (a day that is none, a place without a letter) are refused with 400 though they fit it.
_CONFIG = {
    "seed": 1,
    "generation": {"max-examples": _MOST, "mode": "all", "deterministic": True},
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "308", "400", "404", "409", "415"]}},
}


@dataclass
class Ran:
    """What came of it."""

    faults: list[str] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Claims that the model made, claims of happenings that several tell, and odd signs."""
    with Ledger(tmp_path_factory.mktemp("schema") / "according.db", create=True) as made:
        for file in sorted(EXAMPLES.glob("*.*")):
            if file.suffix != ".md":
                [report] = intake.from_bytes(file.read_bytes(), file.name)
                put(made, report, pipeline.claims(report), place=f"/{file.name}", item=file.name)
        take(made)
        put_set(made)
        yield made


@pytest.fixture(scope="module")
def ran(ledger: Ledger) -> Ran:
    app = application(Site(ledger, hosts=frozenset({"localhost", "testserver", "127.0.0.1"})))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=SchemathesisConfig.from_dict(_CONFIG))
    _aim(schema, ledger)
    found = Ran()
    for event in from_schema(schema).execute():
        if isinstance(event, told.ScenarioFinished):
            for checks in event.recorder.checks.values():
                found.faults += [f"{check.name}: {check.failure_info.failure}" for check in checks if check.failure_info]
            for id, sent in event.recorder.interactions.items():
                if sent.response is not None and id in event.recorder.cases:
                    found.statuses[event.recorder.cases[id].value.operation.label, sent.response.status_code] += 1
        elif isinstance(event, told.NonFatalError | told.FatalError):
            found.faults.append(repr(event))
    return found


def _aim(schema: Any, ledger: Ledger) -> None:
    """Have most of what is generated as it should be speak of what is there; random ids find nothing."""
    chance = random.Random(1)
    rows = list(ledger.claims(Question()))
    ids = [event.id for event in ledger.events()]

    @schema.hook
    def map_case(context: Any, case: Any) -> Any:
        name, path = case.operation.definition.raw["operationId"], case.path_parameters
        if not path or not case.meta.generation.mode.is_positive or chance.random() < 0.15:
            return case  # what is wrong on purpose stays wrong
        row = chance.choice(rows)
        if "key" in path:
            path["key"] = row.report.key
        elif name in ("api_claim", "api_decide"):
            path["id"] = row.claim.id
            case.query = {**(case.query or {}), "report": row.report.key}
        else:
            path["id"] = chance.choice(ids)
        if isinstance(case.body, dict) and chance.random() < 0.7:
            _fit(name, case.body, row, path["id"])
        return case

    def _fit(name: str, body: dict[str, Any], row: Any, id: str) -> None:
        if name == "api_merge":
            body["other"] = chance.choice(ids)
        elif name == "api_split":
            body["told"] = [said.claim.id for said in ledger.event(id).said][:1]
        else:
            decided = [decision.number for _, decision in ledger.claim_decisions(report=row.report.key, claim=row.claim.id)]
            body["seen"] = decided[-1] if decided else 0
            if isinstance(body.get("correction"), dict):
                body["verdict"] = "correct"
                kept = {name: value for name, value in claim_record(row.claim).items() if chance.random() < 0.9}
                body["correction"] = {**body["correction"], **kept}


def test_nothing_is_answered_otherwise_than_it_is_told(ran: Ran) -> None:
    assert not ran.faults, "\n\n".join(ran.faults[:10])


def test_every_operation_was_reached_and_did_what_it_is_for(ran: Ran) -> None:
    answered = {label for label, status in ran.statuses if status in (200, 201)}
    assert answered == {label for label, _ in ran.statuses}
    assert {status for _, status in ran.statuses} >= {200, 201, 400, 404, 405, 409}
    assert sum(ran.statuses.values()) > 1000


def test_a_record_that_is_not_as_told_is_found(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks themselves are awake."""
    from according.web.api import status

    monkeypatch.setattr(status, "_COUNTS", {"reports": "reports"})
    app = application(Site(ledger, hosts=frozenset({"testserver"})))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    with pytest.raises(schemathesis.core.failures.FailureGroup):
        schema["/api/v1/status"]["GET"].Case().call_and_validate()
