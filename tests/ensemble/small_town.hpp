#pragma once

// A town with one of everything that results may speak of, in which nothing is random. The kiln
// makes 1 kt a day; of 2 kg/t of dust 80 % are captured and halved by a filter: 0.8 t a day from
// the stack and 0.4 t past it. The boiler emits 73 kt/365 d x 50,000 m3/t x 10 mg/m3 = 100 kg a
// day. The retrofit `clean` has its permit for 31 days and is built in 150, in which the boiler
// stands still, so that it is there on day 181, 1 July 2025; it halves the dust of the kiln.

namespace lantian::test {

inline constexpr const char* kSmallTown = R"toml(
lantian = 1
name = "Small town"
name_zh = "小镇"
as_of = 2025-03-01
horizon = { start = 2025-01-01, end = 2027-01-01 }
money = { price_year = 2024, discount_rate = 0.05 }
[output]
interval = "year"
dimensions = ["total", "zone", "district", "sector", "plant", "source", "alert"]
log_replications = 1
[pollutants]
PM = { name = "Dust", name_zh = "颗粒物", unit = "t" }
SO2 = { unit = "kg" }
VOC = { unit = "kg" }
[carriers.power]
factors.SO2 = [{ from = 2025, value = "1 kg/MWh" }]
[parameters.dust]
value = "2 kg/t"
source = "made up for a test"
confidence = "assumption"
[parameters.running]
value = "0.73 MCNY/year"
[zones]
city = { name = "City", name_zh = "城区" }
country = { name = "Country" }
[districts]
centre = { name = "Centre", zone = "city", latitude = 40.6, longitude = 110.1, airshed = "basin" }
hills = { zone = "country" }
[sectors]
paint = { name = "Paint" }
steel = { name = "Steel" }
[plants]
forge = { district = "hills", sector = "steel", production = "73 kt/year", grade = "C" }
mill = { name = "Mill", district = "centre", sector = "steel", latitude = 40.7, longitude = 110.2, production = "365 kt/year", grade = "A" }
[sources.boiler]
district = "hills"
sector = "steel"
process = "boiler"
activity = "73 kt/year"
emits.SO2 = { concentration = "10 mg/m3", gas_volume = "50000 m3/t", limit = "10 mg/m3" }
[sources.kiln]
name = "Kiln"
plant = "mill"
process = "sinter"
activity = "365 kt/year"
activity_unit = "kt/year"
emits.PM = { raw = "@dust", capture = 0.8 }
energy.power = { uses = "1 kWh/t", recovers = "0.5 kWh/t" }
controls = ["filter"]
[sources.shop]
district = "hills"
sector = "paint"
activity = "365 t/year"
emits.VOC.raw = "1 kg/t"
controls = ["bed"]
[controls.filter]
efficiency.PM = 0.5
[controls.bed]
efficiency.VOC = 0.9
adsorber = { bed = "100 kg", capacity = 0.12, change_every = "100 d", carbon_cost = "20 CNY/kg" }
[arrivals.fires]
name = "Fires"
source = "shop"
per_year = "0 /year"
amount = "1 t"
lasts = "1 d"
[receptors.school]
name = "School"
district = "centre"
population = "500 person"
in_exposure = false
[receptors.square]
district = "centre"
population = "2000 person"
[dispersion]
method = "matrix"
pollutants = ["PM"]
matrix.a = { zone = "city", receptor = "square", value = "0.01 ug*year/(m3*t)" }
[measures.clean]
kind = "retrofit"
name = "Clean kiln"
start = 2025-01-01
stages = [
  { id = "permit", duration = "31 d", cause = "permits" },
  { id = "works", duration = "150 d", cost = "3 MCNY", units_down = ["boiler"] },
]
lost_output = { fate = "lost" }
operating_cost = "@running"
lifetime = "10 year"
changes.kiln.emits.PM.raw = "1 kg/t"
[measures.doomed]
kind = "retrofit"
start = 2025-02-01
stages = [{ id = "works", duration = "10 d" }]
cancel_probability = 1
changes.kiln.emits.PM.raw = "0 kg/t"
[measures.slow]
kind = "retrofit"
start = 2026-12-01
stages = [{ id = "works", duration = "310 d", effect = "ramp" }]
changes.kiln.emits.PM.raw = "1 kg/t"
[targets.a-cap]
kind = "cap"
name = "Cap"
name_zh = "上限"
pollutant = "PM"
from = 2026
to = 2026
limit = "300 t/year"
[targets.clean-in-time]
kind = "deadline"
measures = ["clean"]
date = 2025-06-15
[targets.day]
kind = "permit"
name = "A day's dust"
of = ["kiln"]
pollutant = "PM"
window = "1 d"
limit = "1.5 t"
[targets.share]
kind = "rate"
of = ["shop"]
per = ["shop", "boiler"]
from = 2025
to = 2026
at_least = 0
)toml";

} // namespace lantian::test
