"""How a person and a therapist come together, by the API as their browsers use it."""

from typing import Any

from tests.conftest import Actor

READS = {"reads_days": [0, 3], "reads_note": "夕方に"}


def invite(person: Actor) -> str:
    """A code to give to a therapist."""
    answer = person.client.post("/api/invitations", json={})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return str(answer.get_json()["code"])


def accept(therapist: Actor, code: str, name: str = "テオ", **reads: Any) -> str:
    """The therapist says who they are; the consent's id. Nothing is open yet."""
    answer = therapist.client.post("/api/invitations/accept", json={"code": code, "name": name, **READS, **reads})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return str(answer.get_json()["consent"])


def agree(
    person: Actor, consent: str, ladders: dict[str, str], *, entries: str = "none", messages: bool = True
) -> dict[str, Any]:
    """The person confirms, or changes what is shared; the terms as the mirror has them."""
    asked = {"ladders": ladders, "entries": entries, "messages": messages}
    answer = person.client.put(f"/api/consents/{consent}", json=asked)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: dict[str, Any] = answer.get_json()
    return told


def link(person: Actor, therapist: Actor, ladders: dict[str, str], **terms: Any) -> dict[str, Any]:
    """From invitation to confirmed; the consent as the mirror has it."""
    return agree(person, accept(therapist, invite(person)), ladders, **terms)


def withdraw(person: Actor, consent: str) -> None:
    assert person.client.delete(f"/api/consents/{consent}").status_code == 204
