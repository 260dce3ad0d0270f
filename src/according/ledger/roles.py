"""What a person may do, as a rank; and who works without saying who he is."""

from __future__ import annotations

import enum

#: Whoever sits at the machine, where nobody has to say who he is. No user may be called so.
LOCAL = "local"


class Role(enum.StrEnum):
    """What a person may do; each may do what those before may."""

    VIEWER = "viewer"  # read
    REVIEWER = "reviewer"  # decide on claims
    EDITOR = "editor"  # merge and split events
    ADMIN = "admin"  # see the audit and the people
