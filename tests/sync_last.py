"""What is done once at the end of every run of the sync proof, because by chance alone it comes together too rarely."""

from typing import Any

from tests.sync_alone import Alone


class LastWords(Alone):
    """Ada's phone is the first device, her tablet the second, Theo's laptop the third."""

    add_step: Any
    set_step: Any
    decide: Any
    say: Any
    say_it_differently: Any
    take_words_back: Any
    put_away: Any
    take_back: Any
    exchange: Any
    settle: Any

    def last_words(self) -> None:
        """What happens too rarely by itself, each where nothing that comes after can cover it up."""
        for which in range(4):
            self.say_it_differently(which, which, True)
        self.two_phones_decide_one_thing()
        self.write_in_a_call_and_after_it()
        for which in (0, 2):  # wordings that have not seen each other
            self.set_step(which, 0, title=self.words())
        self.bring_back_what_its_author_took_back()
        self.decide(0, 0, True)
        self.keep_alone(0, "diary", "open")
        self.go_on_alone(0, -1, "away")
        self.take_back_what_was_written_over()

    def two_phones_decide_one_thing(self) -> None:
        self.decide(0, 0, False)
        self.decide(1, 0, True)
        self.exchange(self.devices[0], self.devices[0].request())

    def write_in_a_call_and_after_it(self) -> None:
        """Theo, who may only propose, writes while they are together, and goes on as if they still were."""
        if self.role != "proposer":
            return
        self.open_together()
        for minutes in (0, 121):
            self.settle(self.devices[2])
            self.pass_by(minutes)
            self.set_step(2, 0, title=self.words())
            self.settle(self.devices[2])
        self.add_step(2, 0, True)

    def bring_back_what_its_author_took_back(self) -> None:
        self.say(2, False, False, 0)
        self.settle(self.devices[2])
        self.take_words_back(2, -1, True)
        for which in (2, 0):
            self.settle(self.devices[which])
        self.put_away(0, -1, False)

    def take_back_what_was_written_over(self) -> None:
        for which in (0, 2):
            self.settle(self.devices[which])
            self.set_step(which, 0, title=self.words())
            self.settle(self.devices[which])
        self.take_back(0, -1)
