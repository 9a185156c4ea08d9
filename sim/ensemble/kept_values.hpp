#pragma once

// Keeps some variables of a run in memory, for those who want numbers and no file.

#include "ensemble/block.hpp"
#include "ensemble/layout.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace lantian {

class KeptValues : public BlockSink {
public:
  //! Keeps the variables of these names of the scenarios that have a layout here, which are the
  //! first ones of the run. Throws UsageError, with the nearest name, where one has none of that
  //! name.
  KeptValues(std::vector<const Layout*> layouts, std::span<const std::string> variables);

  void write(Block block) override;

  //! Values of kept variable `variable` of a scenario, as [replication][...]; may be called once.
  std::vector<double> take(std::size_t scenario, std::size_t variable);

private:
  std::vector<std::vector<std::size_t>> indices_;      //!< [scenario][kept]: place in the layout
  std::vector<std::vector<std::vector<double>>> kept_; //!< [scenario][kept]
};

} // namespace lantian
