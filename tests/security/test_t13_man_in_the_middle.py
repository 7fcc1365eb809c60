"""T13: who cannot show that he is the centre is told nothing, and nothing on the laptop counts as sent."""

from __future__ import annotations

import ast
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from sqlalchemy import update

from desktop.models.device.local_tables import Enrolment
from desktop.models.device.workspace import Workspace
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from desktop.sync.trust import authority_in, trust
from tests.builders import add_enterprise
from tests.flows.centre_process import running_centre
from tests.flows.sameness import unsent
from tests.repository.tree import ROOT, modules, parsed
from tests.security.tls_listener import LONG_AGO, listening, only_tls_1_1, shows

ONCE = Pace(connect_s=5, stall_s=5, attempts=1)
TOKEN = "zqd_" + "s" * 43
PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>"
AWAY = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

Shown = Callable[[trustme.CA, trustme.CA], ssl.SSLContext]


@pytest.fixture
def ours() -> trustme.CA:
    """The centre's own authority."""
    return trustme.CA()


@pytest.fixture
def waiting(workspace: Workspace, ours: trustme.CA) -> Workspace:
    """A laptop enrolled with our authority, with work that waits."""
    add_enterprise(workspace)
    with workspace.write() as session:
        session.add(
            Enrolment(
                id=1, server_url="", officer_id=workspace.device.id, officer_name="甲", role="grid_instructor",
                token=TOKEN, generation="g", enrolled_at="2020-02-27T08:00:00.000Z", token_place="workspace",
                ca_pem=ours.cert_pem.bytes().decode(),
            )
        )  # fmt: skip
        session.connection().exec_driver_sql("UPDATE outbox SET grid_id = '00000000-0000-0000-0000-000000000001'")
    workspace.refresh_enrolment()
    return workspace


def at(workspace: Workspace, url: str) -> Workspace:
    with workspace.write() as session:
        session.execute(update(Enrolment).values(server_url=url))
    workspace.refresh_enrolment()
    return workspace


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        pytest.param(lambda ours, other: shows(other), "sync_untrusted", id="of another authority"),
        pytest.param(lambda ours, other: shows(ours, "centre.example"), "sync_untrusted", id="for another host"),
        pytest.param(lambda ours, other: shows(ours, until=LONG_AGO), "sync_certificate_date", id="expired"),
        pytest.param(lambda ours, other: only_tls_1_1(shows(ours)), "sync_untrusted", id="TLS 1.1"),
    ],
)
def test_nothing_is_said_to_who_cannot_show_that_he_is_the_centre(
    waiting: Workspace, ours: trustme.CA, shown: Shown, code: str
) -> None:
    queued = unsent(waiting)
    assert queued
    with listening(shown(ours, trustme.CA())) as listener, pytest.raises(EnvironmentProblem) as refusal:
        run_sync(at(waiting, listener.url), pace=ONCE)
    assert refusal.value.code == code
    assert listener.heard == []
    assert unsent(waiting) == queued


def test_a_certificate_that_vouches_for_itself_is_not_believed_either(waiting: Workspace, tmp_path: Path) -> None:
    alone = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pair = tmp_path / "pair.pem"
    alone.private_key_pem.write_to_path(str(pair))
    alone.cert_pem.write_to_path(str(pair), append=True)
    context.load_cert_chain(pair)
    with listening(context) as listener, pytest.raises(EnvironmentProblem, match="sync_untrusted"):
        run_sync(at(waiting, listener.url), pace=ONCE)
    assert listener.heard == []


@pytest.mark.parametrize("answer", [PORTAL, AWAY], ids=["a portal's page", "a redirect to http"])
def test_a_page_or_a_redirect_in_the_centres_place_counts_as_not_sent(
    waiting: Workspace, ours: trustme.CA, answer: bytes
) -> None:
    queued = unsent(waiting)
    with listening(shows(ours), answer) as listener, pytest.raises(EnvironmentProblem, match="sync_not_our_server"):
        run_sync(at(waiting, listener.url), pace=ONCE)
    assert [said.split(b" ")[:2] for said in listener.heard] == [[b"GET", b"/v1/sync/hello"]]
    assert unsent(waiting) == queued


def test_where_an_authority_was_enrolled_no_other_counts(ours: trustme.CA) -> None:
    trusted = trust(ours.cert_pem.bytes().decode())
    assert len(trusted.get_ca_certs()) == 1
    assert (trusted.verify_mode, trusted.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert trusted.minimum_version is ssl.TLSVersion.TLSv1_2
    assert trust(None).minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_laptop_enrols_and_syncs_with_the_authority_of_an_intranet(
    workspace: Workspace, ours: trustme.CA, tmp_path: Path, database_url: str
) -> None:
    leaf, authority = ours.issue_cert("127.0.0.1"), tmp_path / "authority.pem"
    certificate, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    for blob in leaf.cert_chain_pems:
        blob.write_to_path(str(certificate), append=True)
    leaf.private_key_pem.write_to_path(str(key))
    ours.cert_pem.write_to_path(str(authority))
    add_enterprise(workspace)
    with running_centre(database_url, "--tls-cert", str(certificate), "--tls-key", str(key)) as centre:
        assert centre.url.startswith("https://")
        code = centre.code(centre.officer())
        with pytest.raises(EnvironmentProblem, match="sync_untrusted"):
            enrol(workspace, centre.url, code, adopt_into="G1", pace=ONCE)
        enrol(workspace, centre.url, code, adopt_into="G1", pace=ONCE, ca_file=authority)
        assert set(run_sync(workspace, pace=ONCE)["counts"]) == {"applied"}


def test_a_servers_own_certificate_or_anything_else_is_no_authority(ours: trustme.CA, tmp_path: Path) -> None:
    leaf = tmp_path / "leaf.pem"
    ours.issue_cert("127.0.0.1").cert_chain_pems[0].write_to_path(str(leaf))
    words = tmp_path / "words.pem"
    words.write_text("no certificate", encoding="utf-8")
    for file in (leaf, words, tmp_path / "missing.pem", tmp_path):
        with pytest.raises(UserProblem, match="sync_ca_unreadable"):
            authority_in(file)


def test_a_file_may_hold_the_present_authority_and_the_next_and_its_keys_are_left_out(
    ours: trustme.CA, tmp_path: Path
) -> None:
    file = tmp_path / "both.pem"
    for authority in (ours, trustme.CA()):
        authority.cert_pem.write_to_path(str(file), append=True)
        authority.private_key_pem.write_to_path(str(file), append=True)
    kept = authority_in(file)
    assert kept.count("BEGIN CERTIFICATE") == 2
    assert "KEY" not in kept


def test_no_switch_anywhere_turns_verification_off() -> None:
    words = {"CERT_NONE", "_create_unverified_context", "CERT_OPTIONAL"}
    found = []
    for module in modules("desktop", "server", "benchmarks", "tools"):
        for node in ast.walk(parsed(module)):
            name = getattr(node, "attr", None) or getattr(node, "id", None)
            off = isinstance(node, ast.keyword) and node.arg == "verify" and getattr(node.value, "value", None) is False
            assigned = isinstance(node, ast.Assign) and any(
                getattr(target, "attr", "") in ("check_hostname", "verify_mode") for target in node.targets
            )
            if name in words or off or assigned:
                found.append(str(module))
    assert found == []
    assert "verify=trust(" in (ROOT / "desktop" / "sync" / "transport.py").read_text(encoding="utf-8")
