"""Asking: a request whose body comes whole or not at all."""

from __future__ import annotations

from typing import Any

from flask import Request
from werkzeug.exceptions import HTTPException

from exposure.errors import Unreadable


class Asking(Request):
    """As Flask's; what breaks while the body is read is the sender's doing (or the line's), and never a 500."""

    def get_data(self, *args: Any, **kwargs: Any) -> Any:
        """The body. Raises Unreadable when it is shorter than it says, or its chunks lie about their size."""
        try:
            data = super().get_data(*args, **kwargs)
        except HTTPException:
            raise
        except Exception as broken:  # the server's readers raise whatever the framing breaks on
            raise Unreadable(code="cut_off") from broken
        if self.content_length is not None and len(data) < self.content_length:
            raise Unreadable(code="cut_off")
        return data
