#pragma once

// Arrivals are the occurrences of one row of the inventory: fires, leaks, overflows. They come as a
// Poisson process whose rate follows a profile, each with a size, a life and a site of its own, and
// each is a Pulse of its source from its beginning to its end. The k-th comes when the cumulative
// rate since the first has reached the sum of k + 1 unit exponentials (inversion, never thinning),
// so all that is drawn of it goes by k: it is the same in every scenario that is compared.
//
// A Watch acts on them from the day on which it begins: some are prevented, some are found and end
// before their time. It is asked once, when an occurrence begins, for the whole of its life; those
// that are open when a watch begins are asked then. So an occurrence costs one event, and none at
// its end; in the steady state it allocates nothing.
//
//   for k = 0, 1, ...: wait for the k-th
//     if a watch prevents it: count it; else
//     its end = the earliest of its natural end and of what the watches say; book it until then

#include "kernel/link.hpp"
#include "kernel/process.hpp"
#include "world/activity_clock.hpp"
#include "world/draw.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lantian {

class World;

//! One of a row's occurrences, as it would be if nobody found it.
struct Occurrence {
  std::uint32_t ordinal = 0; //!< the k-th of its row, from 0
  std::uint32_t site = 0;    //!< from 0
  Time begin{};
  Time end{};      //!< by itself
  double rate = 0; //!< activity of its source [amount per second]
};

//! Someone who deters and finds occurrences. Its answers depend on the occurrence and on itself
//! alone. It ends its watch when it is destroyed; what it has found by then stays found.
class Watch : private Link {
public:
  //! True where the occurrence does not happen at all.
  virtual bool prevents(const Occurrence& occurrence) const = 0;
  //! When the occurrence is over for its being found, looked for from `from` on; kNever where it is
  //! not found.
  virtual Time ends(const Occurrence& occurrence, Time from) const = 0;

protected:
  Watch() = default;
  ~Watch() = default;

private:
  friend class Arrivals;
};

class Arrivals {
public:
  Arrivals(World& world, Index row);
  Arrivals(const Arrivals&) = delete;
  Arrivals& operator=(const Arrivals&) = delete;

  //! When the next one begins: before the horizon while it runs in, kNever after its end.
  Time next() const { return next_; }
  //! Lets the next one begin, now or, in running in, before the horizon.
  void begin_next();

  //! From now on `watch` acts on them, those that are open included.
  void watch(Watch& watch);

  //! How many are open now.
  std::size_t open() const;

private:
  //! One that has begun, and when it ends as things stand.
  struct Open {
    Occurrence occurrence;
    Time end;
  };
  //! Of the row's chances, by purpose.
  struct Streams {
    ChanceStream gap;
    ChanceStream size;
    ChanceStream life;
    ChanceStream site;
  };

  Occurrence draw() const;
  void schedule_next();
  bool is_prevented(const Occurrence& occurrence) const;
  void keep(const Open& open);
  std::uint64_t pulse_id(const Occurrence& occurrence) const;
  void count_found(Time end, int sign);
  void book_time(Time from, Time to, double sign);

  World& world_;
  Index row_;
  Streams streams_;
  std::optional<ActivityClock> running_in_; //!< where they begin before the horizon
  const ActivityClock* clock_;
  Time origin_;           //!< from which the cumulative rate counts
  double per_year_;       //!< mean number in a calendar year
  double cumulative_ = 0; //!< sum of unit exponentials up to the next one
  std::uint32_t next_ordinal_ = 0;
  Time next_ = kNever;
  Link watches_;
  std::vector<Open> open_; //!< some of them have ended
  std::size_t prune_at_ = 64;
};

//! Spawns the arrivals of every row of the inventory.
void spawn_arrivals(World& world);

} // namespace lantian
