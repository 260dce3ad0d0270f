"""Who may do what: one table, route by role. A route that is not in it is open to nobody."""

from __future__ import annotations

from collections.abc import Mapping

from according.ledger.roles import Role

_RANK = {role: n for n, role in enumerate(Role)}

#: The least role for each route, by the route's name; ``None``: also for whoever has not said who he is.
ROUTES: Mapping[str, Role | None] = {
    "login": None,
    "log_in": None,
    "log_out": None,
    "static": None,
    "account": Role.VIEWER,
    "change_password": Role.VIEWER,
    "make_token": Role.VIEWER,
    "revoke_token": Role.VIEWER,
    "people": Role.ADMIN,
    "change_role": Role.ADMIN,
    "disable_user": Role.ADMIN,
    "enable_user": Role.ADMIN,
    "audit": Role.ADMIN,
    "base_map": Role.VIEWER,
    "explore": Role.VIEWER,
    "explore_points": Role.VIEWER,
    "event": Role.VIEWER,
    "event_points": Role.VIEWER,
    "merge_asked": Role.EDITOR,
    "merge": Role.EDITOR,
    "split_asked": Role.EDITOR,
    "split": Role.EDITOR,
    "report": Role.VIEWER,
    "sources": Role.VIEWER,
    "source": Role.VIEWER,
    "reports": Role.VIEWER,
    "actors": Role.VIEWER,
    "actor_words": Role.VIEWER,
    "actor": Role.VIEWER,
    "control": Role.VIEWER,
    "control_holdings": Role.VIEWER,
    "about": Role.VIEWER,
    "review": Role.REVIEWER,
    "review_claim": Role.REVIEWER,
    "review_previous": Role.REVIEWER,
    "review_decide": Role.REVIEWER,
    "review_undo": Role.REVIEWER,
    "review_second": Role.REVIEWER,
    "review_second_give": Role.REVIEWER,
    "review_agreement": Role.REVIEWER,
    "api": Role.VIEWER,
    "api_openapi": Role.VIEWER,
    "api_reports": Role.VIEWER,
    "api_report": Role.VIEWER,
    "api_report_claims": Role.VIEWER,
    "api_claims": Role.VIEWER,
    "api_claim": Role.VIEWER,
    "api_decide": Role.REVIEWER,
    "api_figures": Role.VIEWER,
    "api_sources": Role.VIEWER,
    "api_events": Role.VIEWER,
    "api_event": Role.VIEWER,
    "api_merge": Role.EDITOR,
    "api_split": Role.EDITOR,
    "api_series": Role.VIEWER,
    "api_holdings": Role.VIEWER,
    "api_decisions": Role.VIEWER,
    "api_actors": Role.VIEWER,
    "api_code": Role.VIEWER,
    "api_status": Role.VIEWER,
}


def allowed(role: Role | None, route: str) -> bool:
    """Whether somebody of this role, or ``None`` for one who has not said who he is, may ask for a route."""
    if route not in ROUTES:
        return False
    least = ROUTES[route]
    return least is None or (role is not None and _RANK[role] >= _RANK[least])
