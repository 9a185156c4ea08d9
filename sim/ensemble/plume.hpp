#pragma once

// The Gaussian plume, averaged over a sector of the wind rose: what a steady emission adds to the
// air at the ground in the long run, over even ground, without loss on the way.
//
//   chi / Q = sum over classes of wind: S f / (u x dtheta) V
//   V = sum over images i: (exp(-(z - h + 2 i L)^2 / 2 sz^2) + exp(-(z + h + 2 i L)^2 / 2 sz^2))
//       / (sqrt(2 pi) sz)
//
// with f the frequency of the class, u the speed at the height of release h, dtheta = 2 pi / 16, sz
// the vertical spread at the distance x, L the mixing height, and S how much of the sector's wind
// blows along the bearing of the receptor: 1 on its middle and linear to 0 on that of its
// neighbour, so that nothing jumps at the edge of a sector. US EPA, User's Guide for the Industrial
// Source Complex (ISC3) Dispersion Models, vol. II (1995), section 2; D. B. Turner, Workbook of
// Atmospheric Dispersion Estimates, 2nd ed. (1994).

#include "scenario/dispersion.hpp"

#include <limits>
#include <numbers>
#include <vector>

namespace lantian {

//! Angle of a sector [rad].
inline constexpr double kSectorAngle = 2 * std::numbers::pi / kSectors;

//! Vertical spread [m] at a distance [m]: Briggs' formulas for open country and for cities, these
//! after McElroy and Pooler. G. A. Briggs, Diffusion Estimation for Small Emissions, ATDL
//! contribution 79 (1973), table in S. R. Hanna, G. A. Briggs, R. P. Hosker, Handbook on
//! Atmospheric Diffusion (1982), table 4.5.
double vertical_spread(Surroundings surroundings, Stability stability, double distance);

//! Exponent of the power law by which the wind grows with height (ISC3, vol. II, section 1.1.3).
double wind_exponent(Surroundings surroundings, Stability stability);

//! How a plume is spread over heights, at one distance.
struct PlumeProfile {
  double height = 0;                                    //!< of release [m]
  double spread = 0;                                    //!< [m]
  double lid = std::numeric_limits<double>::infinity(); //!< mixing height [m]

  //! Share of the plume per metre at a height above the ground [1/m]; its integral from the ground
  //! to the lid is 1. Zero where the plume is released above the lid, and even below the lid where
  //! the spread is 1.6 times the lid or more.
  double at(double z) const;
};

//! Long-term plumes of one wind rose.
class PlumeModel {
public:
  //! Calms are spread over the directions as the slowest winds of their stability, or evenly where
  //! there are none; frequencies are brought to the sum 1.
  explicit PlumeModel(const Dispersion& dispersion);

  //! Concentration at the ground per emission [s/m3], `distance` [m] away in the direction
  //! `bearing` [degrees clockwise from north] of a release at `height` [m].
  double concentration(Surroundings surroundings, double height, double distance,
                       double bearing) const;

private:
  struct Wind {
    Stability stability = Stability::D;
    double speed = 0; //!< at the anemometer [m/s]
    double frequency = 0;
  };
  void add(std::size_t direction, const WindClass& wind, double frequency);
  double in_sector(std::size_t direction, Surroundings surroundings, double height,
                   double distance) const;

  std::array<std::vector<Wind>, kSectors> winds_; //!< by the sector that they blow from
  double anemometer_height_;
  double mixing_height_;
};

//! Great-circle distance [m] and bearing [degrees clockwise from north] from one place to another.
struct Way {
  double distance = 0;
  double bearing = 0;
};
Way way_between(double latitude, double longitude, double to_latitude, double to_longitude);

} // namespace lantian
