"""What a therapist may be called: whatever can be read, and nothing that hides or turns a sentence around."""

import pytest

from exposure import names

READ = ["テオ", "Theo", "  Theo \u3000 Vogel ", "Ｔｈｅｏ", "O’Brien-Smith", "葛\U000e0100城", "3",
        "Dr. 髙﨑 (昼)", "תאו", "ثيو",
        "مي\u200cخواهم", "क्\u200dष", "Theo \u2600\ufe0f", "\U0001f469\u200d\u2695\ufe0f Theo", "Zoë"]  # fmt: skip
UNREAD = ["\u200b", "\u3164", "\uffa0", "\u115f", "\u2800", "\u202eevil", "Theo\u202e",
          "Theo\u2069", "The\u0007o", "Theo\u00ad",
          "\ue000Theo", "…", "—", "🙂", "\u200dTheo", "Theo\u200d", "Th\u200d\u200deo",
          "\ufeffTheo", "\U000e0041Theo", "\u0301", "Th\u200beo"]  # fmt: skip


@pytest.mark.parametrize("written", READ)
def test_what_can_be_read_is_a_name(written: str) -> None:
    assert names.can_be_read(names.tidy(written))


@pytest.mark.parametrize("written", UNREAD)
def test_what_nobody_sees_or_what_turns_a_sentence_is_none(written: str) -> None:
    assert not names.can_be_read(names.tidy(written))


def test_a_name_is_kept_in_one_form() -> None:
    assert names.tidy("  Ｔｈｅｏ \u3000\n Vogel ") == "Theo Vogel"
    assert names.tidy("ﾃｵ") == "テオ"
