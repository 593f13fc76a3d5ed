"""Exports as readers that are not ours take them: pandas reads the tables, shapely the geometries."""

import io
import json

import pandas as pd
import pytest
import shapely

from alerts.exports import acled, geojson, table
from places.geometry import distance_km
from tests.alerts.exports.builders import READER, make_item, varied
from tests.builders import make_place


def frame(data: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", keep_default_na=False)


def test_pandas_reads_the_table_as_it_was_meant() -> None:
    items = varied()
    read = frame(table.render(items, READER))
    assert read["id"].tolist() == [item.id for item in items]
    assert read["revision"].tolist() == [item.incident.revision for item in items]
    assert pd.to_datetime(read["first_report"], utc=True).tolist() == [item.incident.first_seen for item in items]
    located = read[read["latitude"] != ""].astype({"latitude": float, "longitude": float})
    assert located["latitude"].between(-90, 90).all()
    assert located["longitude"].between(-180, 180).all()


def test_pandas_reads_the_shape_of_acled() -> None:
    read = frame(acled.render(varied(), READER))
    assert len(read) == len(varied())
    dates = pd.to_datetime(read["event_date"])
    assert dates.notna().all()
    assert pd.to_numeric(read["fatalities"], errors="coerce").dropna().ge(0).all()
    assert set(read["time_precision"]) <= {1, 2, 3}


@pytest.mark.parametrize(("lat", "lon"), [(-1.42, 28.07), (0.0, 0.0), (64.1, -179.96), (-33.9, 151.2)])
def test_shapely_finds_the_place_within_the_bound_that_is_given(lat: float, lon: float) -> None:
    collection = json.loads(geojson.render([make_item(place=make_place(lat=lat, lon=lon))], READER))
    (feature,) = collection["features"]
    point = shapely.geometry.shape(feature["geometry"])
    assert point.geom_type == "Point"
    assert point.is_valid
    assert distance_km(lat, lon, point.y, point.x) <= feature["properties"]["uncertainty_km"]


def test_shapely_reads_the_whole_collection() -> None:
    read = shapely.from_geojson(geojson.render([make_item(1), make_item(2)], READER))
    assert read.geom_type == "GeometryCollection"
    assert len(read.geoms) == 2
