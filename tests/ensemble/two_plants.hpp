#pragma once

// A small scenario for the tests of the ensemble: an old works that closes, a stack whose filter
// fails at random, a retrofit that waits for a crew, and targets of all kinds.

namespace lantian::test {

inline constexpr const char* kInventory = R"(
lantian = 1
name = "Two plants"
as_of = 2024-01-01
horizon = { start = 2024-01-01, end = 2027-01-01 }
pollutants.PM = { name = "PM", unit = "t" }
zones.city = { name = "City" }
zones.country = { name = "Country" }
districts.centre = { name = "Centre", zone = "city" }
districts.hills = { name = "Hills", zone = "country" }
sectors.steel = { name = "Steel" }
plants.old = { name = "Old", district = "centre", sector = "steel", production = "100 kt/year" }
plants.mill = { name = "Mill", district = "hills", sector = "steel", production = "200 kt/year" }
[parameters.dust]
value = { uniform = { low = "1 kg/t", high = "3 kg/t" } }
source = "made up for a test"
confidence = "assumption"
[sources.old-stack]
plant = "old"
activity = "100 kt/year"
emits.PM.raw = "2 kg/t"
[sources.mill-stack]
plant = "mill"
activity = "200 kt/year"
controls = ["mill-filter"]
emits.PM.raw = "@dust"
[controls.mill-filter]
efficiency.PM = 0.9
[controls.mill-filter.failures]
time_between = { exponential = { mean = "60 d" } }
repair = { exponential = { mean = "12 h" } }
on_failure = "bypass"
)";

inline constexpr const char* kClosure = R"(
[measures.close-old]
kind = "closure"
start = 2025-01-01
delay = { exponential = { mean = "90 d" } }
plants = ["old"]
lost_output = { fate = "lost" }
)";

inline constexpr const char* kRetrofit = R"(
[measures.mill-retrofit]
kind = "retrofit"
start = 2024-06-01
stages = [ { id = "works", duration = { uniform = { low = "3 month", high = "9 month" } } } ]
changes.mill-stack.emits.PM.raw = "0.5 kg/t"
)";

inline constexpr const char* kTargets = R"(
[targets.closed-in-time]
kind = "deadline"
measures = ["close-old"]
date = 2025-03-31
[targets.city-cap]
kind = "cap"
pollutant = "PM"
in = "zones.city"
from = 2026
to = 2026
limit = "1 t/year"
[targets.city-less]
kind = "reduction"
pollutant = "PM"
in = "zones.city"
from = 2025
to = 2026
by = 0.5
base = "base"
)";

} // namespace lantian::test
