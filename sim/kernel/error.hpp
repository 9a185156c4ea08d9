#pragma once
//! What can go wrong while a simulation runs. Each error carries its data, not only a text, so that
//! the one replication that failed can be run again alone.

#include <cstdint>
#include <stdexcept>
#include <string>

#include "kernel/order.hpp"
#include "kernel/time.hpp"

namespace lantian {

//! The root of every error of this library.
class Error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

//! The library was asked for something impossible: wrong options, not wrong files.
class UsageError : public Error {
public:
  using Error::Error;
};

//! Where in a run something happened: enough to run it again.
struct ModelPlace {
  std::string process; //!< Name given to spawn().
  EntityIndex entity = 0;
  Time time = {};
  std::uint32_t replication = 0;
  std::uint64_t seed = 0;
};

//! The model failed: an exception left a process (it is nested in this one), or a guard tripped.
class ModelError : public Error {
public:
  ModelError(ModelPlace place, const std::string& reason);

  const ModelPlace& place() const { return place_; }
  //! The reason alone, without the place.
  const std::string& reason() const { return reason_; }

private:
  ModelPlace place_;
  std::string reason_;
};

//! A stop was asked for; the simulation stands between two events and may be run on.
class Interrupted : public Error {
public:
  explicit Interrupted(Time time);
};

} // namespace lantian
