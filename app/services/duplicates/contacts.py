# SPDX-License-Identifier: MIT
"""Phone numbers, web domains and ids in the one form in which they can be compared."""

import re

_NOT_A_DIGIT = re.compile(r"\D+")
_EXTENSION = re.compile(r"(?:ext|extension|x|durchwahl|dw|poste|#)\.?\s*\d+\s*$", re.IGNORECASE)
_SHORTEST_PHONE = 7
_COMPARED_DIGITS = 9
"""Digits from the right: without country code and leading zero of the area."""

_HOST = re.compile(
    r"^(?:mailto:|[a-z][a-z0-9+.-]*://|//)?(?:[^/@\s]*@)?(?:www\d?\.)?([^/:?#\s,;]+)"
)
_SECOND_LEVELS = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gob"))
_SALESFORCE_ID = re.compile(r"[0-9A-Za-z]{15}(?:[0-9A-Z]{3})?\Z")

SHARED_DOMAINS = frozenset(
    (
        *("gmail.com", "googlemail.com", "yahoo.com", "ymail.com", "hotmail.com", "outlook.com"),
        *("live.com", "msn.com", "aol.com", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net"),
        *("gmx.com", "web.de", "t-online.de", "freenet.de", "proton.me", "protonmail.com"),
        *("comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net"),
        *("charter.net", "earthlink.net", "yahoo.co.uk", "hotmail.co.uk", "btinternet.com"),
        *("orange.fr", "free.fr", "laposte.net", "wanadoo.fr", "libero.it", "tiscali.it"),
        *("hotmail.fr", "hotmail.de", "yahoo.fr", "yahoo.de", "mail.com", "mail.ru", "qq.com"),
        *("163.com", "126.com", "naver.com", "zoho.com", "yandex.ru", "fastmail.com"),
        *("facebook.com", "linkedin.com", "instagram.com", "twitter.com", "x.com", "youtube.com"),
        *("google.com", "goo.gl", "wixsite.com", "wordpress.com", "blogspot.com", "weebly.com"),
        *("squarespace.com", "shopify.com", "etsy.com", "yelp.com", "bit.ly", "linktr.ee"),
        *("test.com", "none.com", "na.com", "unknown.com"),
    )
)
"""Free mail, social networks and shop builders: their customers have nothing in common."""


def phone_key(phone: str) -> str:
    """The last nine digits of a number without extension; empty for what cannot be one."""
    digits = _NOT_A_DIGIT.sub("", _EXTENSION.sub("", phone))
    if len(digits) < _SHORTEST_PHONE:
        return ""
    key = digits[-_COMPARED_DIGITS:]
    if len(set(key[-_SHORTEST_PHONE:])) == 1 or digits in ("1234567890", "0123456789"):
        return ""
    return key


def domain_key(website: str) -> str:
    """The registered domain of a web or e-mail address; empty for those that many share."""
    match = _HOST.match(website.strip().casefold())
    labels = match.group(1).strip(".").split(".") if match else []
    if len(labels) < 2:
        return ""
    is_deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    domain = ".".join(labels[-3:] if is_deep else labels[-2:])
    return "" if domain in SHARED_DOMAINS else domain


def id_text(external_id: str) -> str:
    """The id; of a Salesforce id the 15 characters that its two forms share."""
    return external_id[:15] if is_salesforce_id(external_id) else external_id.strip()


def is_salesforce_id(external_id: str) -> bool:
    """Whether it is 15 characters of which case matters, or these and three check letters."""
    return not external_id.isdigit() and bool(_SALESFORCE_ID.match(external_id))


def is_one_salesforce_id(first: str, second: str) -> bool:
    """Whether one is the 15-character form of the other, 18-character one."""
    short, long = sorted((first, second), key=len)
    return len(short) == 15 and len(long) == 18 and long.startswith(short)
