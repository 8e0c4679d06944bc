"""Bugs to plant in what a person keeps alone, and shows by itself or not at all."""

from exposure import shareable


def what_was_not_opened_is_shown(patch):
    patch.setattr(shareable, "sharing_of", lambda _row: "open")


def what_was_put_away_is_still_there(patch):
    patch.setattr(shareable, "is_finished", lambda *_: True)


def a_page_of_the_diary_is_not_followed(patch):
    patch.setattr(shareable, "KINDS", ("attempt", "rest"))


BUGS = [what_was_not_opened_is_shown, what_was_put_away_is_still_there, a_page_of_the_diary_is_not_followed]
