#pragma once

// The inventory: what exists before any measure acts. Plain structs as read from the scenario's
// tables; each is immutable once loaded and shared by all replications. A reference to a row of
// another table is that row's index in the sorted table, kNone where absent.

#include "kernel/calendar.hpp"
#include "kernel/time.hpp"
#include "scenario/number.hpp"
#include "scenario/response.hpp"
#include "scenario/table.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

//! A number that nobody stated and nothing is computed with.
inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

//! What is known of a row: every number about the real world has a source and a confidence.
struct Origin {
  std::string source;     //!< document, dataset row or page
  std::string confidence; //!< sourced | textbook | derived | assumption
  std::string note;
};

//! A substance or flow that is accounted: PM, NOx, CO2, COD, water, electricity.
struct Pollutant {
  std::string id;
  std::string name;
  std::string name_zh;
  std::string unit;        //!< unit of the result variables: t, kg, MWh, m3
  double unit_in_base = 1; //!< one result unit in base units (t = 1000 kg)
  Index within = kNone;    //!< pollutant that contains this one: PM25 within PM10 within PM
};

struct Zone {
  std::string id;
  std::string name;
  std::string name_zh;
};

struct District {
  std::string id;
  std::string name;
  std::string name_zh;
  Index zone = kNone;
  double latitude = kUnknown;  //!< [degrees north]
  double longitude = kUnknown; //!< [degrees east]
  std::string airshed;         //!< air that no mountains part; may be ""
};

struct Sector {
  std::string id;
  std::string name;
  std::string name_zh;
};

//! Relative weights of activity over the year, normalised to mean 1 in each calendar year.
//! The weights given are multiplied: months x season x weekdays; none given is flat.
struct Profile {
  std::string id;
  std::string name;
  std::string name_zh;
  std::vector<double> months;     //!< 12 weights, January first, or empty
  std::vector<double> weekdays;   //!< 7 weights, Monday first, or empty
  std::optional<Calendar> season; //!< open = inside
  double inside = 1;
  double outside = 0;
};

//! Capacity, permit and production are three numbers: an idle plant earns nothing by closing.
struct Plant {
  std::string id;
  std::string name;
  std::string name_zh;
  Index district = kNone;
  Index sector = kNone;
  double latitude = kUnknown;       //!< [degrees north]
  double longitude = kUnknown;      //!< [degrees east]
  double release_height = kUnknown; //!< of its sources that do not state theirs [m]
  std::string product;              //!< what capacity and production count, e.g. "crude steel"
  std::optional<Number> capacity;   //!< what it can make [amount/year]
  std::optional<Number> permit;     //!< what it may make [amount/year]
  std::optional<Number> production; //!< what it makes when nothing happens [amount/year]
  bool idle = false;                //!< exists, makes nothing until a measure starts it
  Grade grade = Grade::none;        //!< performance grade at the start
  Origin origin;
};

//! How much of a pollutant one unit of activity emits; exactly one of two modes, so that a control
//! is never counted twice. `raw`: before control, times the controls' (1 - efficiency).
//! `stack`: outlet concentration x gas volume, `bypass` while the control is out.
struct EmissionFactor {
  Index pollutant = kNone;
  std::optional<Number> raw; //!< [amount per unit of activity]
  std::optional<Number>
      concentration; //!< [mass/volume] at the reference oxygen unless `oxygen` is given
  std::optional<Number> gas_volume; //!< [volume per unit of activity]
  std::optional<Number> bypass;     //!< [mass/volume] while a failed control is bypassed
  std::optional<Number> oxygen;     //!< measured oxygen of `concentration` and `bypass` [share]
  std::optional<Number> reference_oxygen; //!< oxygen to which they are corrected [share]
  std::optional<Number>
      limit; //!< hourly limit at the outlet [mass/volume]; makes it a compliance outlet
  double hourly_cv = 0.3; //!< coefficient of variation of hourly means around the mean
  Number capture = Number::constant(1);          //!< share captured and led to the control
  Number fugitive_control = Number::constant(0); //!< efficiency on what is not captured
};

//! Electricity, steam and the like, used (indirect account) or recovered (avoided account).
struct EnergyUse {
  Index carrier = kNone;
  std::optional<Number> uses;     //!< [carrier amount per unit of activity]
  std::optional<Number> recovers; //!< [carrier amount per unit of activity]
};

//! A unit that works on what this one makes, and the stock between the two.
struct Feed {
  Index unit = kNone;                 //!< source that draws on it
  std::optional<Number> ratio;        //!< amount made here per unit of its activity; absent is that
                                      //!< of the nominal activities
  Number stock = Number::constant(0); //!< as time of its nominal draw [s]; full at the start
};

//! What the ground around a source is like, for its plume.
enum class Surroundings : std::uint8_t { rural, urban };

//! A process unit or group that emits.
struct Source {
  std::string id;
  std::string name;
  std::string name_zh;
  Index plant = kNone;
  Index district = kNone;           //!< the plant's where not given
  Index sector = kNone;             //!< the plant's where not given
  double latitude = kUnknown;       //!< the plant's where not given [degrees north]
  double longitude = kUnknown;      //!< the plant's where not given [degrees east]
  double release_height = kUnknown; //!< effective, with what the plume rises; else the plant's [m]
  std::optional<Surroundings> surroundings;
  std::string process; //!< sinter, coke-quenching, converter, …: the key of standards
  Number activity = Number::constant(0); //!< nominal [amount per calendar year]
  std::string activity_unit;             //!< how activity is shown, e.g. "t/year"
  Index profile = kNone;                 //!< kNone is flat
  std::vector<double>
      trend;         //!< factor per calendar year from the horizon's first year; the last holds on
  bool idle = false; //!< stands still until a measure starts it; so do all of an idle plant
  bool background = false; //!< in the inventory for completeness, touched by no measure
  std::vector<EmissionFactor> emits;
  std::vector<EnergyUse> energy;
  std::vector<Index> controls;
  std::optional<Feed> feeds;
  Origin origin;
};

enum class OnFailure : std::uint8_t { stop, bypass };

//! Random failures of a control (chance): up for `time_between`, then down for `repair`.
struct Failures {
  Number time_between = Number::constant(0); //!< operating time to the next failure [s]
  Number repair = Number::constant(0);       //!< [s]
  OnFailure on_failure = OnFailure::stop;    //!< stop the unit after the grace time, or bypass
  Duration grace{0}; //!< how long the unit runs uncontrolled before it stops
};

//! One corner of the ageing curve: efficiency lost after so many operating hours.
struct AgeingPoint {
  double hours = 0;
  double loss = 0; //!< absolute loss of efficiency [share]
};

struct ControlEfficiency {
  Index pollutant = kNone;
  Number efficiency = Number::constant(0); //!< [share]
};

//! A bed of activated carbon: what it removes depends on what it has adsorbed, see
//! world/adsorber.hpp.
struct Adsorber {
  Number bed = Number::constant(0);      //!< carbon [kg]
  Number capacity = Number::constant(0); //!< what fresh carbon is meant to hold [kg/kg]
  double midpoint = 0.9;             //!< load at which the efficiency is halved [share of capacity]
  double width = 0.07;               //!< of the breakthrough [share of capacity]
  Number load = Number::constant(0); //!< at the start [share of capacity]
  std::optional<Number> change_every; //!< to fresh carbon, on the calendar (chance) [s]
  std::optional<Number> first_change; //!< after the start (chance) [s]; absent is change_every
  std::optional<Number> carbon_cost;  //!< of fresh carbon [CNY/kg]
  Index waste = kNone;                //!< source whose activity is the spent carbon thrown away
};

//! An abatement device on one or more sources.
struct Control {
  std::string id;
  std::string name;
  std::string name_zh;
  std::vector<ControlEfficiency>
      efficiency;         //!< raw mode only; a stack-mode outlet has its concentrations
  bool in_service = true; //!< at the start; a retrofit may commission it later
  std::optional<Failures> failures;
  std::vector<AgeingPoint> ageing; //!< piecewise linear in operating hours
  std::optional<Number> renewal;   //!< operating time after which it is as new [s]
  std::optional<Number>
      age; //!< operating time at the start [s]; absent is stationary when renewed, else 0
  std::optional<Adsorber> adsorber;
  Origin origin;
};

//! Occurrences that come at random, last a while and end by themselves: fires, leaks, overflows.
//! Each is activity of `source` beside its nominal one.
struct ArrivalsRow {
  std::string id;
  std::string name;
  std::string name_zh;
  Index source = kNone;
  Number per_year = Number::constant(0); //!< mean number in a calendar year
  Index profile = kNone;                 //!< how they are spread over the year; kNone is flat
  std::optional<Number> amount; //!< (chance) activity of one that runs to its natural end [amount]
  std::optional<Number> flow;   //!< (chance) activity of one while it lasts [amount/year]
  Number lasts = Number::constant(0); //!< (chance) to the natural end [s]
  std::int64_t sites = 1;             //!< each falls on one of them, evenly at random
  Duration run_in{0};                 //!< how long before the horizon they begin
};

//! Purchased energy and what a unit of it causes elsewhere, by calendar year.
struct CarrierFactor {
  Index pollutant = kNone;
  std::int64_t from = 0;              //!< first calendar year; holds until the next `from`
  Number value = Number::constant(0); //!< [pollutant amount per carrier amount]
};

struct Carrier {
  std::string id;
  std::string name;
  std::string name_zh;
  Index pollutant = kNone; //!< the pollutant row that accounts the carrier itself, e.g. electricity
  std::vector<CarrierFactor> factors;
};

//! An emission standard: hourly limits by process and pollutant.
struct StandardLimit {
  std::string process;
  Index pollutant = kNone;
  Number limit = Number::constant(0); //!< [mass/volume]
};

struct Standard {
  std::string id;
  std::string name;
  std::string name_zh;
  std::vector<StandardLimit> limits;
  Origin origin;
};

} // namespace lantian
