#pragma once

// `programme`: many small items (boilers, households, villages, outfalls, sewer catchments) that
// are worked off one by one. It begins and prepares itself like any project; then as many gangs as
// the crews allow take the items in order, each for the time that it needs, in the season in which
// that is possible. When an item is done, its share of what `from` does goes to `to`.

#include "measures/measure.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

struct Programme : MeasurePlan {
  enum class Order : std::uint8_t { given, largest_first, random };
  struct Item {
    std::string id;
    std::string name;
    Number size = Number::constant(1);
    std::optional<Number> duration; //!< working time, instead of the programme's (chance) [s]
    std::int64_t turn = 0;          //!< where the order is given; items of one turn go by id
  };
  //! Part of what is done that does not work out of season.
  struct Relapse {
    Index calendar = kNone;             //!< when all works
    Number share = Number::constant(0); //!< that does not work while it is closed
  };

  Index from = kNone;
  Index to = kNone;                    //!< kNone: what `from` did for an item ends
  std::int64_t count = 0;              //!< of items that are not told apart; 0 where they are
  std::optional<Number> size;          //!< of each of those (chance)
  std::vector<Item> items;             //!< by id
  std::optional<Number> work;          //!< working time of an item (chance) [s]
  std::optional<Number> work_per_size; //!< (chance) [s, or year where it is per something]
  std::optional<Number> cost;          //!< of an item (chance) [CNY]
  std::optional<Number> cost_per_size; //!< (chance)
  Stage piece;                         //!< crews, fund and calendar of an item
  std::int64_t at_once = 0;            //!< items under way at most; 0 is as the crews allow
  Order order = Order::given;
  bool stops = false; //!< the item stands still during its work
  std::optional<Relapse> relapse;

  std::size_t item_count() const {
    return items.empty() ? static_cast<std::size_t>(count) : items.size();
  }
  Process run(World& world, Index measure) const override;
  double most_moved(Index source, const Scenario&) const override { return source == from ? 1 : 0; }
};

const FieldTable<Programme>& programme_fields();
void check_programme(const Programme& plan, const Scenario& scenario, const std::string& key,
                     Diagnostics& diagnostics);
Kind programme_kind();

} // namespace lantian
