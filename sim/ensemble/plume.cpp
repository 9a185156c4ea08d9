#include "ensemble/plume.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace lantian {

namespace {

using std::numbers::pi;

constexpr double kSectorDegrees = 360.0 / kSectors;
constexpr double kEarthRadius = 6371000; // mean [m]
constexpr double kEvenSpread = 1.6;      // spread per lid from which the plume is even
constexpr int kImages = 8;               // of the lid on either side: exact below kEvenSpread

double radians(double degrees) {
  return degrees * pi / 180;
}

//! a x (1 + b x)^c, x in metres.
struct SpreadLaw {
  double a;
  double b;
  double c;
  double at(double x) const { return a * x * std::pow(1 + b * x, c); }
};

constexpr std::array<SpreadLaw, kStabilities> kRuralSpread = {{{0.20, 0, 0},
                                                               {0.12, 0, 0},
                                                               {0.08, 0.0002, -0.5},
                                                               {0.06, 0.0015, -0.5},
                                                               {0.03, 0.0003, -1},
                                                               {0.016, 0.0003, -1}}};
constexpr std::array<SpreadLaw, kStabilities> kUrbanSpread = {{{0.24, 0.001, 0.5},
                                                               {0.24, 0.001, 0.5},
                                                               {0.20, 0, 0},
                                                               {0.14, 0.0003, -0.5},
                                                               {0.08, 0.0015, -0.5},
                                                               {0.08, 0.0015, -0.5}}};
constexpr std::array<double, kStabilities> kRuralExponent = {0.07, 0.07, 0.10, 0.15, 0.35, 0.55};
constexpr std::array<double, kStabilities> kUrbanExponent = {0.15, 0.15, 0.20, 0.25, 0.30, 0.30};

double sum_of_frequencies(std::span<const WindClass> rose) {
  double sum = 0;
  for (const WindClass& wind : rose)
    sum += wind.frequency;
  return sum;
}

//! Shares of the directions in the slowest winds of a stability; even where there are none.
std::array<double, kSectors> slowest_winds(std::span<const WindClass> rose, Stability stability) {
  double slowest = std::numeric_limits<double>::infinity();
  std::array<double, kSectors> shares{};
  double sum = 0;
  for (const WindClass& wind : rose) {
    if (wind.direction == kCalm || wind.stability != stability || wind.frequency <= 0)
      continue;
    if (wind.speed < slowest) {
      slowest = wind.speed;
      shares.fill(0);
      sum = 0;
    }
    if (wind.speed == slowest) {
      shares[wind.direction] += wind.frequency;
      sum += wind.frequency;
    }
  }
  for (double& share : shares)
    share = sum > 0 ? share / sum : 1.0 / kSectors;
  return shares;
}

} // namespace

double vertical_spread(Surroundings surroundings, Stability stability, double distance) {
  const auto& laws = surroundings == Surroundings::urban ? kUrbanSpread : kRuralSpread;
  return laws[static_cast<std::size_t>(stability)].at(distance);
}

double wind_exponent(Surroundings surroundings, Stability stability) {
  const auto& exponents = surroundings == Surroundings::urban ? kUrbanExponent : kRuralExponent;
  return exponents[static_cast<std::size_t>(stability)];
}

double PlumeProfile::at(double z) const {
  if (height >= lid)
    return 0;
  if (spread >= kEvenSpread * lid)
    return 1 / lid;
  const int images = std::isinf(lid) ? 0 : kImages;
  double sum = 0;
  for (int i = -images; i <= images; ++i) {
    const double shift = i == 0 ? 0 : 2 * i * lid;
    for (const double from : {z - height + shift, z + height + shift})
      sum += std::exp(-from * from / (2 * spread * spread));
  }
  return sum / (std::sqrt(2 * pi) * spread);
}

PlumeModel::PlumeModel(const Dispersion& dispersion)
    : anemometer_height_(dispersion.anemometer_height), mixing_height_(dispersion.mixing_height) {
  const double sum = sum_of_frequencies(dispersion.wind_rose);
  for (const WindClass& wind : dispersion.wind_rose) {
    if (wind.direction != kCalm) {
      add(wind.direction, wind, wind.frequency / sum);
      continue;
    }
    const auto shares = slowest_winds(dispersion.wind_rose, wind.stability);
    for (std::size_t direction = 0; direction < kSectors; ++direction)
      add(direction, wind, wind.frequency / sum * shares[direction]);
  }
}

void PlumeModel::add(std::size_t direction, const WindClass& wind, double frequency) {
  if (frequency > 0)
    winds_[direction].push_back({wind.stability, wind.speed / kSecondsPerYear, frequency});
}

double PlumeModel::concentration(Surroundings surroundings, double height, double distance,
                                 double bearing) const {
  const double from = std::fmod(bearing + 180, 360) / kSectorDegrees; // in sectors
  const auto first = static_cast<std::size_t>(from) % kSectors;
  const double part = from - std::floor(from);
  double sum = 0;
  if (part < 1)
    sum += (1 - part) * in_sector(first, surroundings, height, distance);
  if (part > 0)
    sum += part * in_sector((first + 1) % kSectors, surroundings, height, distance);
  return sum;
}

double PlumeModel::in_sector(std::size_t direction, Surroundings surroundings, double height,
                             double distance) const {
  const double above = std::max(height, anemometer_height_) / anemometer_height_;
  double sum = 0;
  for (const Wind& wind : winds_[direction]) {
    const double speed = wind.speed * std::pow(above, wind_exponent(surroundings, wind.stability));
    const bool has_lid = wind.stability <= Stability::D;
    const PlumeProfile profile{height, vertical_spread(surroundings, wind.stability, distance),
                               has_lid ? mixing_height_ : std::numeric_limits<double>::infinity()};
    sum += wind.frequency * profile.at(0) / (speed * distance * kSectorAngle);
  }
  return sum;
}

Way way_between(double latitude, double longitude, double to_latitude, double to_longitude) {
  const double from = radians(latitude);
  const double to = radians(to_latitude);
  const double east = radians(to_longitude - longitude);
  const double half_north = std::sin((to - from) / 2);
  const double half_east = std::sin(east / 2);
  const double chord =
      half_north * half_north + std::cos(from) * std::cos(to) * half_east * half_east;
  const double bearing =
      std::atan2(std::sin(east) * std::cos(to),
                 std::cos(from) * std::sin(to) - std::sin(from) * std::cos(to) * std::cos(east));
  return {2 * kEarthRadius * std::asin(std::sqrt(std::min(1.0, chord))),
          std::fmod(bearing * 180 / pi + 360, 360)};
}

} // namespace lantian
