"""Which addresses may be dialled: public ones, judged on the very address the socket connects to."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.connector import AddrInfoType

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address really reached


class NotPublic(OSError):
    """An address of a private network, of this machine or of no one host. An OSError, so that aiohttp passes it on."""

    def __init__(self) -> None:
        super().__init__("not a public address")


def is_public(text: str) -> bool:
    """Whether the IP address `text` (a zone index may follow) belongs to one host on the public internet."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return _public4(address) if isinstance(address, IPv4Address) else _public6(address)


def _public4(address: IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _public6(address: IPv6Address) -> bool:
    embedded = address.ipv4_mapped or address.sixtofour
    if address in _NAT64:
        embedded = IPv4Address(int(address) & 0xFFFFFFFF)
    if embedded is not None:
        return _public4(embedded)
    return address in _GLOBAL_UNICAST and address.is_global


def public_socket(info: AddrInfoType) -> socket.socket:
    """A socket factory for aiohttp's connector that refuses to dial anything but public addresses.

    aiohttp asks it for every address it is about to connect to, after resolving: names that resolve to private
    addresses, names that resolve differently the second time, address literals and redirects all pass here.
    """
    family, kind, protocol, _, address = info
    if not is_public(str(address[0])):
        raise NotPublic
    return socket.socket(family, kind, protocol)
