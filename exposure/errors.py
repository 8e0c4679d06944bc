"""The family of things that can go wrong, each with a short code and an HTTP status.

The web floor turns any of these into `{"error": code, "detail": sentence}`; the
sentence is an English message id, translated there into the person's language.
"""

from exposure.words import N_


class Trouble(Exception):
    """Something the person asked for could not be done. Nothing was changed."""

    code = "trouble"
    status = 400
    detail = N_("Something about this request could not be understood. Nothing was changed.")

    def __init__(self, detail: str = "", *, code: str = "") -> None:
        self.detail = detail or self.detail
        self.code = code or self.code
        super().__init__(self.detail)


class Unreadable(Trouble):
    """The request itself is not well formed."""

    code = "unreadable"
    status = 400


class NotSignedIn(Trouble):
    code = "not_signed_in"
    status = 401
    detail = N_("Please sign in again on this device. Nothing written here is lost.")


class NotAllowed(Trouble):
    code = "not_allowed"
    status = 403
    detail = N_("This is not open to you.")


class NotFound(Trouble):
    """Not there, or not yours: one answer for both, so nobody learns which."""

    code = "not_found"
    status = 404
    detail = N_("There is nothing here.")


class Conflict(Trouble):
    code = "conflict"
    status = 409
    detail = N_("This is already in use.")


class TooLarge(Trouble):
    code = "too_large"
    status = 413
    detail = N_("That is more than fits in one go. Please try with less.")


class WrongKind(Trouble):
    code = "wrong_kind"
    status = 415
    detail = N_("This address reads JSON only.")


class TooMany(Trouble):
    """Too many tries. `retry_after` is in seconds."""

    code = "too_many"
    status = 429
    detail = N_("That was many tries in a short time. Please wait a little and try again.")

    def __init__(self, retry_after: int, detail: str = "") -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Busy(Trouble):
    """The house is full or the database is away. `retry_after` is in seconds."""

    code = "busy"
    status = 503
    detail = N_("Ippo is busy just now. What you wrote is kept on your device and will be sent.")

    def __init__(self, retry_after: int = 3, detail: str = "") -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class NoRoom(Trouble):
    """The disk of the house is full: reading goes on, nothing is written. `retry_after` is in seconds."""

    code = "no_room"
    status = 507
    detail = N_("Ippo has no room left to write just now. What you wrote is kept on your device and will be sent.")
    retry_after = 60
