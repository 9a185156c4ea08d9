"""The file format FF10_POINT."""

import csv

import pytest

from lantian.exports import ff10_format
from lantian.exports.ff10_points import Stack

# The line of column names of the EPA's point inventories, such as ptnonipm_2011NEIv2.
NAMES = (
    "country_cd,region_cd,tribal_code,facility_id,unit_id,rel_point_id,process_id,agy_facility_id,"
    "agy_unit_id,agy_rel_point_id,agy_process_id,scc,poll,ann_value,ann_pct_red,facility_name,"
    "erptype,stkhgt,stkdiam,stktemp,stkflow,stkvel,naics,longitude,latitude,ll_datum,"
    "horiz_coll_mthd,design_capacity,design_capacity_units,reg_codes,fac_source_type,"
    "unit_type_code,control_ids,control_measures,current_cost,cumulative_cost,projection_factor,"
    "submitter_id,calc_method,data_set_id,facil_category_code,oris_facility_code,oris_boiler_id,"
    "ipm_yn,calc_year,date_updated,fug_height,fug_width_ydim,fug_length_xdim,fug_angle,zipcode,"
    "annual_avg_hours_per_year,jan_value,feb_value,mar_value,apr_value,may_value,jun_value,"
    "jul_value,aug_value,sep_value,oct_value,nov_value,dec_value,jan_pctred,feb_pctred,mar_pctred,"
    "apr_pctred,may_pctred,jun_pctred,jul_pctred,aug_pctred,sep_pctred,oct_pctred,nov_pctred,"
    "dec_pctred,comment"
)

# Positions (from 1) at which SMOKE's reader takes a field: rdsrcff10pt.f and rddataff10pt.f.
POSITIONS = {
    "region_cd": 2,
    "facility_id": 4,
    "unit_id": 5,
    "rel_point_id": 6,
    "process_id": 7,
    "scc": 12,
    "poll": 13,
    "ann_value": 14,
    "ann_pct_red": 15,
    "facility_name": 16,
    "erptype": 17,
    "stkhgt": 18,
    "stkdiam": 19,
    "stktemp": 20,
    "stkflow": 21,
    "stkvel": 22,
    "naics": 23,
    "longitude": 24,
    "latitude": 25,
    "reg_codes": 30,
    "fac_source_type": 31,
    "oris_facility_code": 42,
    "oris_boiler_id": 43,
    "fug_height": 47,
    "fug_angle": 50,
    "jan_value": 53,
    "dec_value": 64,
}


def test_the_columns_are_those_of_the_inventories_of_the_epa():
    assert ",".join(ff10_format.COLUMNS) == NAMES


@pytest.mark.parametrize(("name", "position"), POSITIONS.items())
def test_fields_are_where_the_reader_of_smoke_takes_them(name, position):
    assert ff10_format.COLUMNS[position - 1] == name


def test_the_header_names_the_format_first_and_the_columns_last():
    lines = ff10_format.header("CN", 2026, ['the "plan"!']).splitlines()
    assert lines == [
        "#FORMAT=FF10_POINT",
        "#COUNTRY=CN",
        "#YEAR=2026",
        "#DESC the 'plan'.",
        NAMES,
    ]


def test_texts_are_quoted_and_blanks_are_not():
    line = ff10_format.row({"country_cd": "CN", "scc": "30300999", "ann_value": 0.5})
    assert line.startswith('"CN",,,')
    assert line.count(",") == len(ff10_format.COLUMNS) - 1
    (fields,) = csv.reader([line])
    assert fields[11] == "30300999"
    assert fields[13] == "0.5"


def test_a_short_ton_is_2000_pounds():
    assert ff10_format.TONNES_IN_SHORT_TON == 0.90718474


def test_ids_that_fit_stay_and_longer_ones_stay_different():
    assert ff10_format.short_id("baogang-sinter") == "baogang-sinter"
    short = [ff10_format.short_id(f"baogang-coke-{part}") for part in ("charging", "chimney")]
    assert all(len(name) == 15 - 1 or len(name) == 15 for name in short)
    assert len(set(short)) == 2
    assert ff10_format.short_id("baogang-coke-charging") == short[0]


def test_names_that_smoke_cannot_hold_are_mended():
    assert ff10_format.facility_name('Wei\'s "Works"!', "works") == "Wei's 'Works'."
    assert ff10_format.facility_name("包钢股份", "baogang") == "baogang"
    assert len(ff10_format.facility_name("x" * 60, "works")) == 40


def test_stacks_are_in_feet_fahrenheit_and_cubic_feet():
    fields = Stack(height=30.48, diameter=3.048, temperature=100, flow=0.3048**3, velocity=3.048)
    assert fields.fields() == pytest.approx(
        {"stkhgt": 100, "stkdiam": 10, "stktemp": 212, "stkflow": 1, "stkvel": 10}
    )
    assert Stack(height=30.48).fields() == {"stkhgt": 100}
