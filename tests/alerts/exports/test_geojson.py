"""GeoJSON, read back as JSON and held against RFC 7946."""

import json
import re
from dataclasses import replace
from typing import Any

from alerts.exports import geojson
from tests.alerts.exports.builders import FRENCH, READER, make_item, varied
from tests.builders import make_place, make_source, make_witness


def features(items: list[Any]) -> list[dict[str, Any]]:
    collection = json.loads(geojson.render(items, READER))
    assert collection["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = collection["features"]
    return found


def test_every_incident_is_a_feature_with_status_and_precision() -> None:
    found = features(varied())
    assert [f["id"] for f in found] == [item.id for item in varied()]
    for feature in found:
        assert feature["type"] == "Feature"
        properties = feature["properties"]
        assert properties["status"] in ("claimed", "warned", "reported", "confirmed", "retracted", "withdrawn")
        assert properties["precision"] in ("place", "country")
        geometry = feature["geometry"]
        if properties["precision"] == "country":
            assert geometry is None
        else:
            assert geometry["type"] == "Point"
            lon, lat = geometry["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


def test_longitude_comes_first_and_nothing_is_finer_than_a_tenth() -> None:
    data = geojson.render([make_item(place=make_place(lat=-1.42113, lon=28.07034, uncertainty_km=0.3))], READER)
    (feature,) = json.loads(data)["features"]
    assert feature["geometry"]["coordinates"] == [28.1, -1.4]
    assert feature["properties"]["uncertainty_km"] == 9
    assert not re.search(rb"\d\.\d\d", data)


def test_revisions_and_sources_are_told() -> None:
    properties = features(varied())[0]["properties"]
    assert [r["status"] for r in properties["revisions"]] == ["reported", "reported", "corroborated", "withdrawn"]
    assert [r["cause"] for r in properties["revisions"]][-1] == "withdrawal"
    assert [s["name"] for s in properties["sources"]] == ["Lakes Herald", "Kivu Echo"]
    assert properties["sources"][0]["reliability"] == "B"
    assert properties["pcode"] == "CD61"


def test_what_lies_in_no_country_says_so_and_only_web_links_are_given() -> None:
    assert features(varied())[6]["properties"]["country"] is None
    item = make_item()
    witness = make_witness(1, link="javascript:alert(1)", source=make_source(name="A\u202eB"))
    item = replace(item, revisions=(replace(item.incident, witnesses=(witness,)),))
    (source,) = features([item])[0]["properties"]["sources"]
    assert source["link"] is None
    assert source["name"] == "AB"


def test_titles_are_in_the_readers_language() -> None:
    (feature,) = json.loads(geojson.render(varied()[-1:], FRENCH))["features"]
    assert feature["properties"]["title"].startswith("SAMPLE (exemple)")


def test_nothing_is_an_empty_collection() -> None:
    assert features([]) == []
