#pragma once

// What one unit emits of a pollutant in a segment, as pieces of a curve: what the ledger books,
// kept in time. A piece ends where the clock's rate changes and at the corners of ramps. Between
// them the rate is a polynomial, which is kept as it is up to degree 8. Of what is none (what
// breaks through a bed of carbon) and of higher degrees, pieces are halved until the polynomial of
// degree 8 through 9 Gauss-Legendre nodes lies within 1e-10 of the highest rate at their ends,
// which leaves its integral exact to rounding.

#include "world/emission_curve.hpp"
#include "world/segment.hpp"

namespace lantian {

//! Direct emission (stack and fugitive) of the pollutant per unit of activity, what breaks through
//! a bed aside.
double direct_emission(const ProcessUnit& unit, Index pollutant, Time base, double offset);

//! Appends what the unit emits in the part of the segment within [from, to), in seconds after
//! `from`. The segment must not have been booked to the unit's bed yet.
void append_emission(std::size_t source, const ProcessUnit& unit, Index pollutant,
                     const Segment& segment, const ActivityClock& clock, Time from, Time to,
                     EmissionPieces& pieces);

} // namespace lantian
