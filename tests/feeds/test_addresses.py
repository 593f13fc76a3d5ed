import socket

import pytest

from feeds.addresses import NotPublic, is_public, public_socket

PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001:81b::200e", "64:ff9b::808:808", "::ffff:8.8.8.8"]
PRIVATE = "127.0.0.1 127.8.9.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 192.0.0.1"
SPECIAL = "192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255"
PRIVATE6 = ":: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 fec0::1 ff02::1 2001:db8::1 100::1 2001::1"
EMBEDDED = (
    "::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::808:808 "
    "2002:7f00:1:: 2002:a00:1::"
)
NO_ADDRESSES = "localhost example.org 1.2.3"
REFUSED = f"{PRIVATE} {SPECIAL} {PRIVATE6} {EMBEDDED} {NO_ADDRESSES}".split()


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_host_may_be_dialled(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", REFUSED)
def test_nothing_else_may(address: str) -> None:
    assert not is_public(address)


def test_the_socket_factory_judges_the_address_dialled() -> None:
    with pytest.raises(NotPublic):
        public_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 80)))
    with public_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 80))) as allowed:
        assert allowed.family is socket.AF_INET
