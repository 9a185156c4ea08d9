#pragma once

// What an emission of a source does at a receptor, or why that is not known: looked up in the
// scenario's matrix, else computed by the screening plume, as the method says.

#include "ensemble/plume.hpp"
#include "scenario/scenario.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

namespace lantian {

//! Distances between which the screening plume holds [m].
inline constexpr double kNearest = 100;
inline constexpr double kFarthest = 50000;

//! Why an effect is not known.
enum class Gap : std::uint8_t { no_row, no_place, no_height, airshed, near, far };
inline constexpr std::array<std::string_view, 6> kGapTexts = {
    "have no row in the matrix",
    "have no coordinates of their own or of a plant: needs an external matrix",
    "have no release height: give it, or an external matrix",
    "lie in another airshed: needs an external matrix",
    "lie nearer than 100 m: needs an external matrix",
    "lie farther than 50 km: needs an external matrix"};

struct TransferEffect {
  std::optional<double> value; //!< concentration per emission [calendar year per m3]
  Gap gap = Gap::no_row;       //!< where there is no value
};

//! What is released by a source, and how.
struct EmissionPoint {
  const Source* source = nullptr;
  Index index = kNone; //!< of the source
  Index pollutant = kNone;
  double height = kUnknown; //!< [m]
};

class TransferModel {
public:
  //! `scenario` has a dispersion, and must outlive this.
  explicit TransferModel(const Scenario& scenario);

  TransferEffect effect(const EmissionPoint& point, Index receptor) const;

private:
  //! Which of the four kinds of origin, which one of them, and the receptor.
  using Case = std::tuple<int, Index, Index>;
  const Transfer* row_of(const EmissionPoint& point, Index receptor) const;
  TransferEffect screened(const EmissionPoint& point, const Receptor& receptor) const;

  const Scenario* scenario_;
  const Dispersion* dispersion_;
  std::map<Case, std::vector<const Transfer*>> rows_;
  std::optional<PlumeModel> plume_;
};

} // namespace lantian
