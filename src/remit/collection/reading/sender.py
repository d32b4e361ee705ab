"""What a request tells of whom it comes from, beyond what it says itself."""

from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network

import crawleruseragents

V4_BITS, V6_BITS = 24, 48
SCRIPTS = ("curl/", "wget/", "python-", "go-http-client", "java/", "okhttp", "headlesschrome", "phantomjs")


@lru_cache(maxsize=4096)
def is_robot(agent: str) -> bool:
    """Whether a User-Agent is that of a crawler or a script; a browser always names itself, so none is too.

    By the list of crawler-user-agents (MIT), and by the names under which scripts come.
    """
    lower = agent.lower()
    return not agent.strip() or lower.startswith(SCRIPTS) or "headlesschrome" in lower or _crawls(agent)


def _crawls(agent: str) -> bool:
    return bool(crawleruseragents.is_crawler(agent[:500]))


def network_of(address: str) -> str:
    """The network of an address: its first 24 bits (IPv4) or 48 (IPv6); empty where it is none.

    As regulators advise, so that it tells the region and no longer the household.
    """
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    bits = V4_BITS if isinstance(found, IPv4Address) else V6_BITS
    return str(ip_network(f"{found}/{bits}", strict=False).network_address)
