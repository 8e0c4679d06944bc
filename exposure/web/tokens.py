"""Token: a secret in an address, for programs that can show nothing else: calendars, the button of a mail program."""

from werkzeug.routing import BaseConverter


class Token(BaseConverter):
    """32 random bytes in base64url; anything else is no address of ours."""

    regex = "[A-Za-z0-9_-]{43}"
