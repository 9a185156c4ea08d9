#pragma once

// What readers of a result need beside it: published figures to check it against, and what may not
// be concluded from it. The engine reads and checks both, and uses neither in any computation: a
// figure of a whole plant is a check, never an additional source of emission.

#include "scenario/inventory.hpp"
#include "scenario/table.hpp"
#include "scenario/units.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

//! What whole plants emit per amount of product, as somebody published it.
struct Published {
  std::string id;
  std::string name;
  std::string name_zh;
  std::vector<Index> plants;    //!< plants that it is compared with
  Index pollutant = kNone;      //!< what is emitted
  Quantity value;               //!< [amount of the pollutant per amount of product]
  std::optional<Quantity> low;  //!< least that was published, in the same dimension
  std::optional<Quantity> high; //!< greatest
  std::int64_t year = 0;        //!< calendar year that it is of
  Origin origin;
};

//! What may not be concluded from the scenario, in the words of who wrote it.
struct Caveat {
  std::string id;
  std::string text;
  std::string text_zh;
};

} // namespace lantian
