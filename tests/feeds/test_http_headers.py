import pytest

from feeds.http_headers import fresh_for_s, retry_after_s

NOW = "Thu, 20 Mar 2025 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "max-age=300"}, 300),
        ({"Cache-Control": "public, Max-Age=300, s-maxage=9"}, 300),
        ({"Cache-Control": "s-maxage=900"}, None),
        ({"Cache-Control": 'max-age="60"'}, 60),
        ({"Cache-Control": "max-age=300", "Age": "100"}, 200),
        ({"Cache-Control": "max-age=300", "Age": "1000"}, 0),
        ({"Cache-Control": "no-cache, max-age=300"}, None),
        ({"Cache-Control": "no-store"}, None),
        ({"Cache-Control": "max-age=-1"}, None),
        ({"Cache-Control": "max-age=9999999999"}, 366 * 86_400),
        ({"Expires": "Thu, 20 Mar 2025 12:10:00 GMT", "Date": NOW}, 600),
        ({"Expires": "Thu, 20 Mar 2025 11:00:00 GMT", "Date": NOW}, 0),
        ({"Expires": "0", "Date": NOW}, None),
        ({"Expires": "Thu, 20 Mar 2025 12:10:00 GMT"}, None),
    ],
)
def test_freshness(headers: dict[str, str], seconds: int | None) -> None:
    assert fresh_for_s(headers) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Thu, 20 Mar 2025 12:01:00 GMT", 60),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("9" * 400, 366 * 86_400),
    ],
)
def test_retry_after(value: str, seconds: int | None) -> None:
    assert retry_after_s({"Retry-After": value, "Date": NOW}) == seconds
