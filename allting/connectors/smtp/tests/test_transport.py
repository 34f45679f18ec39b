"""Handing mail over: what each answer of a real server means."""

import threading
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from allting.connectors.smtp import SmtpAddress, SmtpTransport, read_address
from allting.connectors.smtp.tests.servers import (
    Temper,
    certificate,
    knows,
    server_tls,
    serving,
    speaking,
)
from allting.notifications.ports import PermanentFailure, TemporaryFailure
from tests.ports import free_port


def mail(to: str = "anna@post.example") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "town@solvik.example", to, "Hej"
    made["Message-ID"] = "<1@solvik.example>"
    made.set_content("Räksmörgås")
    return made


def to(port: int, **more: object) -> SmtpTransport:
    known: dict[str, object] = {"tls": "none", "timeout": 30.0}
    return SmtpTransport(SmtpAddress("127.0.0.1", port, **(known | more)))  # type: ignore[arg-type]


def test_a_mail_is_handed_over_whole() -> None:
    temper = Temper()
    with serving(temper) as port:
        to(port)(mail())
    [kept] = temper.kept
    assert kept["Message-ID"] == "<1@solvik.example>"
    assert kept.get_content().strip() == "Räksmörgås"


def test_the_return_path_is_the_envelopes_sender_and_stays_there() -> None:
    temper, sent = Temper(), mail()
    sent["Return-Path"] = "<bounce+1@bounces.solvik.example>"
    with serving(temper) as port:
        to(port)(sent)
        to(port)(mail())
    assert temper.senders == ["bounce+1@bounces.solvik.example", "town@solvik.example"]
    assert [kept["Return-Path"] for kept in temper.kept] == [None, None]
    assert sent["Return-Path"]  # sent again, it has the same


@pytest.mark.parametrize(
    ("temper", "failure", "told"),
    [
        (Temper(recipients=("550 no such user",)), PermanentFailure, "550 no such user"),
        (Temper(recipients=("450 mailbox busy",)), TemporaryFailure, "450 mailbox busy"),
        (Temper(mails=("554 too large",)), PermanentFailure, "554 too large"),
        (Temper(mails=("451 try later",)), TemporaryFailure, "451 try later"),
    ],
)
def test_4xx_may_pass_and_5xx_does_not(temper: Temper, failure: type[Exception], told: str) -> None:
    with serving(temper) as port, pytest.raises(failure, match=told):
        to(port)(mail())
    assert temper.kept == []


def test_a_server_that_is_away_or_silent_or_leaves_may_come_back() -> None:
    with pytest.raises(TemporaryFailure, match="ConnectionRefusedError"):
        to(free_port())(mail())
    started = time.monotonic()
    with speaking(hang=True) as port, pytest.raises(TemporaryFailure, match="timed out"):
        to(port, timeout=0.5)(mail())
    assert time.monotonic() - started < 15  # the server would be silent for twenty
    with speaking(b"220 hello") as port, pytest.raises(TemporaryFailure, match="Disconnected"):
        to(port)(mail())
    with serving(Temper(slow=5)) as port, pytest.raises(TemporaryFailure, match="timed out"):
        to(port, timeout=0.5)(mail())


def test_a_server_that_refuses_us_is_for_us_to_mend() -> None:
    with speaking(b"554 not you") as port, pytest.raises(TemporaryFailure, match="554 not you"):
        to(port)(mail())


def test_a_server_that_forgets_to_say_goodbye_has_accepted_the_mail() -> None:
    talk = (
        b"220 hello", b"250 hello", b"250 sender", b"250 recipient", b"354 go on", b"250 kept",
    )  # fmt: skip
    with speaking(*talk, hang=True) as port:
        to(port, timeout=5)(mail())


def test_an_address_that_the_server_cannot_spell_is_for_ever() -> None:
    with (
        serving(Temper(), enable_SMTPUTF8=False) as port,
        pytest.raises(PermanentFailure, match="SMTPUTF8"),
    ):
        to(port)(mail("åsa@post.example"))


# ---- one connection, many mails


def test_a_thread_keeps_its_connection_for_the_next_mail() -> None:
    temper = Temper()
    with serving(temper) as port:
        transport = to(port)
        for _ in range(5):
            transport(mail())
        other = threading.Thread(target=transport, args=(mail(),))
        other.start()
        other.join()
    assert (len(temper.kept), len(temper.connections)) == (6, 2)


def test_a_refused_mail_does_not_stand_in_the_way_of_the_next() -> None:
    temper = Temper(recipients=("550 no such user",), mails=("554 too large",))
    with serving(temper) as port:
        transport = to(port)
        for told in ("550 no such user", "554 too large"):
            with pytest.raises(PermanentFailure, match=told):
                transport(mail())
        transport(mail())
    assert (len(temper.kept), len(temper.connections)) == (1, 1)


def test_a_server_that_has_hung_up_meanwhile_is_called_again() -> None:
    temper, port = Temper(), free_port()
    transport = to(port)
    for _ in range(2):
        with serving(temper, port):
            transport(mail())
    with pytest.raises(TemporaryFailure, match="ConnectionRefusedError"):
        transport(mail())
    assert (len(temper.kept), len(temper.connections)) == (2, 2)


def test_a_connection_does_not_last_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allting.connectors.smtp.transport.MANY", 2)
    temper = Temper()
    with serving(temper) as port:
        transport = to(port)
        for _ in range(5):
            transport(mail())
        assert len(temper.connections) == 3
        monkeypatch.setattr("allting.connectors.smtp.transport.KEPT", 0.0)
        transport(mail())
    assert (len(temper.kept), len(temper.connections)) == (6, 4)


def test_a_mail_that_failed_in_its_midst_is_not_gone_on_with() -> None:
    temper = Temper(slow=60)
    with serving(temper) as port:
        transport = to(port, timeout=2)
        with pytest.raises(TemporaryFailure, match="timed out"):
            transport(mail())
        temper.slow = 0
        transport(mail())
    assert len(temper.connections) == 2


# ---- TLS


def test_starttls_with_a_known_authority_and_a_password(tmp_path: Path) -> None:
    temper, pem = Temper(), certificate(tmp_path)
    how: dict[str, Any] = {
        "tls_context": server_tls(pem),
        "require_starttls": True,
        "authenticator": knows("town", "s@ve"),
        "auth_required": True,
    }
    with serving(temper, **how) as port:
        address = f"smtp://town:s%40ve@127.0.0.1:{port}?tls=required&ca={pem}"
        SmtpTransport(read_address(address))(mail())
        wrong = address.replace("s%40ve", "guess")
        with pytest.raises(TemporaryFailure, match="535"):
            SmtpTransport(read_address(wrong))(mail())
    assert len(temper.kept) == 1


def test_no_mail_leaves_without_the_tls_that_was_asked_for(tmp_path: Path) -> None:
    temper, pem = Temper(), certificate(tmp_path)
    with serving(temper) as port, pytest.raises(TemporaryFailure, match="STARTTLS"):
        to(port, tls="required")(mail())
    stranger: dict[str, Any] = {"tls_context": server_tls(pem), "require_starttls": True}
    with (
        serving(temper, **stranger) as port,
        pytest.raises(TemporaryFailure, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        to(port, tls="required")(mail())
    assert temper.kept == []


def test_tls_from_the_start(tmp_path: Path) -> None:
    temper, pem = Temper(), certificate(tmp_path)
    with serving(temper, ssl_context=server_tls(pem)) as port:
        to(port, tls="implicit", ca=str(pem))(mail())
        with pytest.raises(TemporaryFailure, match="CERTIFICATE_VERIFY_FAILED"):
            to(port, tls="implicit")(mail())
    assert len(temper.kept) == 1


# ---- the setting


def test_the_setting_is_read() -> None:
    known = read_address("smtp://anna:s%40ve@mail.example.org?timeout=30&ca=/etc/root.pem")
    assert known == SmtpAddress(
        "mail.example.org", 587, "anna", "s@ve", "required", 30.0, "/etc/root.pem"
    )
    assert "s@ve" not in repr(known)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mail.example.org:587", "not the address of a mail server; expected such as smtp://"),
        ("http://mail.example.org", "not the address of a mail server"),
        ("smtp://", "not the address of a mail server"),
        ("smtp://mail.example.org?tls=maybe", "tls=maybe is not known; expected one of required"),
        ("smtp://mail.example.org?starttls=1", "'starttls' is not known; tls, timeout or ca"),
        ("smtp://a:secret@mail.example.org?tls=none", "not sent without TLS"),
        ("smtp://mail.example.org?timeout=long", "timeout=long is not a number of seconds"),
        ("smtp://mail.example.org:post", "port"),
    ],
)
def test_a_mistaken_setting_is_refused_without_telling_secrets(address: str, told: str) -> None:
    with pytest.raises(ValueError, match=told) as refused:
        read_address(address)
    assert "secret" not in str(refused.value)
