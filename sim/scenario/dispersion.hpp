#pragma once

// Where people breathe, and how what is emitted reaches them: by a source-receptor matrix that
// somebody computed with a model of the air, or by a screening plume from a wind rose. Plain
// structs as read; the ensemble makes the matrix of them, see ensemble/receptors.hpp.

#include "scenario/inventory.hpp"
#include "scenario/table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

//! A place where people breathe.
struct Receptor {
  std::string id;
  std::string name;
  std::string name_zh;
  Index district = kNone;      //!< gives the place and the airshed where they are not given
  double latitude = kUnknown;  //!< [degrees north]
  double longitude = kUnknown; //!< [degrees east]
  double population = 0;       //!< [persons]
  bool in_exposure = true;     //!< its people count in the exposure
  std::string airshed;
  Origin origin;
};

//! Pasquill's classes of stability, A very unstable to F stable.
enum class Stability : std::uint8_t { A, B, C, D, E, F };
inline constexpr std::size_t kStabilities = 6;

//! Sectors of a wind rose, clockwise from north.
inline constexpr std::size_t kSectors = 16;
inline constexpr std::array<std::string_view, kSectors> kSectorNames = {
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
    "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"};
//! A direction of a WindClass that is none.
inline constexpr std::size_t kCalm = kSectors;

//! How often the wind blows so.
struct WindClass {
  std::string id;
  std::size_t direction = kCalm; //!< sector that it blows from, or kCalm
  Stability stability = Stability::D;
  double speed = 0;     //!< at the height of the anemometer [m per calendar year]
  double frequency = 0; //!< [share of the time]
};

//! What an emission of one origin does at a receptor.
struct Transfer {
  std::string id;
  Index source = kNone; //!< exactly one of these four
  Index plant = kNone;
  Index district = kNone;
  Index zone = kNone;
  Index receptor = kNone;
  Index pollutant = kNone;                                //!< kNone is all
  double above = 0;                                       //!< least height of release [m]
  double below = std::numeric_limits<double>::infinity(); //!< height of release below which [m]
  double value = 0; //!< concentration per emission [calendar year per m3]
};

enum class DispersionMethod : std::uint8_t { screening, matrix, matrix_else_screening };
inline constexpr std::array<std::string_view, 3> kDispersionMethodNames = {"screening", "matrix",
                                                                           "matrix-else-screening"};

//! How emissions reach the receptors.
struct Dispersion {
  DispersionMethod method = DispersionMethod::screening;
  std::vector<Index> pollutants;            //!< primary ones, in the order written
  std::optional<Surroundings> surroundings; //!< of sources that do not state theirs
  double fugitive_height = 10;              //!< of what is not captured [m]
  double anemometer_height = 10;            //!< [m]
  double mixing_height = std::numeric_limits<double>::infinity(); //!< of classes A to D [m]
  std::vector<WindClass> wind_rose;
  std::vector<Transfer> matrix;

  bool screens() const { return method != DispersionMethod::matrix; }
  bool has_matrix() const { return method != DispersionMethod::screening; }
};

} // namespace lantian
