#pragma once

// The regeneration centre at work: its kilns, its stock of carbon, and what it has taken in. Used
// by regeneration_centre.cpp only; a file of its own because it outgrew one.

#include "measures/regeneration_centre.hpp"

#include <deque>

namespace lantian {

//! Carbon that is as good as `share` of fresh carbon.
struct Carbon {
  double mass = 0;  //!< [kg]
  double share = 1; //!< of the capacity of fresh carbon
  double load = 0;  //!< adsorbed [kg]
};

class CarbonCentre {
public:
  CarbonCentre(World& world, Index measure, const RegenerationCentre& plan);
  CarbonCentre(const CarbonCentre&) = delete;
  CarbonCentre& operator=(const CarbonCentre&) = delete;

  //! From now on it serves its beds.
  void open();

private:
  Process serve(Index control);
  Process wait_until_due(Index control, std::uint32_t k);
  Task<Carbon> draw(double mass);
  Task<Grant> take_truck();
  Process drive(Index control, std::uint32_t trip);
  Process exchange(Index control, std::uint32_t trip);
  Process send_and_return(Index control, std::uint32_t trip);
  Task<Carbon> regenerate(Carbon spent, Index control);
  Process regenerate_for_stock(Carbon spent, Index control);
  Carbon take_out(Index control);
  void put_in(Index control, const Carbon& carbon);
  void desorb(const Carbon& spent, Duration length);
  void pulse(Index source, double amount, Duration length);
  void pay(double amount);
  void settle();

  World& world_;
  Index measure_;
  const RegenerationCentre& plan_;
  ResourcePool kilns_;
  double throughput_; //!< of one kiln [kg/s]
  double recovery_;
  double make_up_;
  std::vector<double> share_;     //!< by control of the scenario: of fresh capacity, in the bed now
  std::vector<double> taken_out_; //!< likewise, from its bed before the centre opened [kg]
  bool has_stock_;
  std::deque<Carbon> stock_;
  Signal stocked_;
  std::uint64_t next_ticket_ = 0; //!< of those who draw on the stock, first come, first served
  std::uint64_t serving_ = 0;
  std::uint64_t pulses_ = 0;
  std::int64_t exchanges_ = 0;
  double waiting_ = 0;    //!< adsorbed on carbon that is on its way or in the queue [kg]
  double driven_off_ = 0; //!< by kilns that are done [kg]
  struct Firing {
    Time begin;
    Time end;
    double load;
  };
  std::vector<Firing> firings_; //!< under way
};

} // namespace lantian
