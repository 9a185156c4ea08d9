#pragma once

// What the sources of a scenario add to the air at its receptors: concentration = transfer matrix x
// yearly direct emission, a matrix a pollutant, built once. An entry that is not stored is not
// known, which is not zero: `known` says how much of the emission the stored entries cover.
//
// A row of the scenario's matrix counts first, where the method has one: of the source, else of its
// plant, district, zone; of the pollutant, else of all. Then the screening plume, which answers
// only where it holds: for a source with a place and a height of release, from 100 m to 50 km,
// within one airshed. All else needs an external matrix.

#include "scenario/scenario.hpp"
#include "world/books.hpp"
#include "world/ledger.hpp"

#include <Eigen/SparseCore>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace lantian {

class Receptors {
public:
  //! Nothing where the scenario has no receptors. `layout` must outlive this.
  explicit Receptors(const LedgerLayout& layout);

  //! A flow of a source that emits the pollutant.
  struct Outlet {
    std::size_t source = 0;
    std::size_t flow = 0; //!< of the source, see LedgerLayout::place
    double height = 0;    //!< at which it is released [m]; NaN where not known
  };
  struct PollutantMatrix {
    Index pollutant = kNone;
    std::vector<Outlet> outlets; //!< columns
    //! [receptor][outlet] concentration per emission [calendar year per m3].
    Eigen::SparseMatrix<double, Eigen::RowMajor> transfer;
  };
  const std::vector<PollutantMatrix>& pollutants() const { return pollutants_; }
  //! One sentence for each receptor and reason why sources are not known there.
  const std::vector<std::string>& gaps() const { return gaps_; }

  //! At one receptor in one calendar year.
  struct Air {
    double concentration =
        0;            //!< annual mean [kg/m3]; NaN where of what is emitted nothing is known
    double known = 1; //!< share of the direct emission whose effect there is known
  };
  Air air(const PollutantMatrix& matrix, std::size_t receptor, const Books& books,
          std::size_t year) const;

private:
  const LedgerLayout* layout_;
  std::vector<double> year_parts_; //!< share of each calendar year that the horizon covers
  std::vector<PollutantMatrix> pollutants_;
  std::vector<std::string> gaps_;
};

} // namespace lantian
