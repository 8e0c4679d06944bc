"""Person: has a ladder or helps with one, has a clock and a language, can leave and take everything."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from exposure.db import Base, Id, Moment

LANGUAGES = ("ja", "en")


class Person(Base):
    """Whoever uses Ippo. No name, no e-mail: a nickname lives sealed in their own space."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, default="person")
    language: Mapped[str] = mapped_column(Text, default="ja")
    zone: Mapped[str] = mapped_column(Text, default="Asia/Tokyo")
    key_wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(Moment)
