"""The tables. Moments are UTC; numbers of schools and pupils are text, for leading zeros count."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import JSON, DateTime, ForeignKey, String, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Moment(TypeDecorator[datetime]):
    """A moment, kept as UTC without a zone, which every database understands alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:  # noqa: ARG002  SQLAlchemy passes it
        """Write UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:  # noqa: ARG002  SQLAlchemy passes it
        """Read UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """The parent of every table."""


class Person(Table):
    """Somebody who uses this application. `id` is our own and means nothing elsewhere; the pupil's work hangs on it."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("issuer", "leer_id_uuid"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=lambda: str(uuid4()))
    issuer: Mapped[str]
    leer_id_uuid: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_sign_in_at: Mapped[datetime] = mapped_column(Moment)
    accounts: Mapped[list[Account]] = relationship(back_populates="person", cascade="all, delete-orphan")
    snapshot: Mapped[SnapshotRow | None] = relationship(back_populates="person", cascade="all, delete-orphan")
    sessions: Mapped[list[SessionRow]] = relationship(back_populates="person", cascade="all, delete-orphan")
    reports: Mapped[list[ReportRow]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="ReportRow.id"
    )

    @property
    def key(self) -> str:
        """What the privacy log knows this person by: the leer_id_uuid, else an account_uuid."""
        return self.leer_id_uuid or min((each.account_uuid for each in self.accounts), default="")


class Account(Table):
    """The link from a LeerID account to the person it stands for; a person may have several."""

    __tablename__ = "account"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    account_uuid: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    person: Mapped[Person] = relationship(back_populates="accounts")


class SnapshotRow(Table):
    """What LeerID said at the last sign-in, as delivered; the next sign-in replaces all of it."""

    __tablename__ = "snapshot"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    account_uuid: Mapped[str]
    former_account_uuids: Mapped[list[str]] = mapped_column(JSON)
    given_name: Mapped[str]
    family_name: Mapped[str]
    birth_day: Mapped[str]
    birth_month: Mapped[str]
    birth_year: Mapped[str]
    email: Mapped[str]
    person: Mapped[Person] = relationship(back_populates="snapshot")
    enrolments: Mapped[list[EnrolmentRow]] = relationship(
        cascade="all, delete-orphan", order_by="EnrolmentRow.position"
    )


class EnrolmentRow(Table):
    """An enrolment at a partner school, part of the snapshot."""

    __tablename__ = "enrolment"

    person_id: Mapped[str] = mapped_column(ForeignKey("snapshot.person_id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    school_number: Mapped[str]
    pupil_number: Mapped[str]
    main_structure: Mapped[str]
    group_code: Mapped[str]
    group_name: Mapped[str]


class SessionRow(Table):
    """A browser's visit. The cookie holds a random value; only its hash is kept here."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    provider_session: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    person: Mapped[Person | None] = relationship(back_populates="sessions")
    begun: Mapped[list[BegunRow]] = relationship(cascade="all, delete-orphan")


class ReportRow(Table):
    """What a person told us is wrong in their data."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str]
    person: Mapped[Person] = relationship(back_populates="reports")


class PrivacyLogRow(Table):
    """An entry of the privacy log. It hangs on no person, so that it outlives the account; nothing changes it."""

    __tablename__ = "privacy_log"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    kind: Mapped[str]
    person: Mapped[str]
    key: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str]
    purpose: Mapped[str]
    transaction: Mapped[str]
    who: Mapped[str]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class BegunRow(Table):
    """A sign-in that was begun in a session and has not come back yet."""

    __tablename__ = "begun_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str]
    redirect_uri: Mapped[str]
    next_page: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    nonce: Mapped[str]
    code_verifier: Mapped[str | None]
    expires_at: Mapped[datetime] = mapped_column(Moment)
