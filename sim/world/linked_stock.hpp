#pragma once

// Units that are linked: what a source makes feeds a unit, with a stock in between. A stop of the
// source reaches the unit only when the stock is used up; the stock fills again when more is made
// than drawn. Full at the start. What the source lacks at nominal activity of what the unit takes
// is bought, in proportion to what it makes; where it makes more, the rest fills the stock or goes
// elsewhere. A unit that several sources feed is held by the one that has least.

#include "world/world.hpp"

namespace lantian {

//! Spawns the stock behind every source that feeds a unit.
void spawn_links(World& world);

} // namespace lantian
