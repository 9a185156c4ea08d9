#pragma once
//! HDF5 identifiers that close themselves, and errors with HDF5's own reason in them. Headers that
//! others include do not include this one.

#include <stdexcept>
#include <string>
#include <utility>

#include <hdf5.h>

namespace lantian::hdf5 {

//! A call of libhdf5 failed. It stays within the floor that calls, which turns it into an error of
//! its own.
class Failure : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

//! Keeps libhdf5 from printing its errors in this thread, for as long as it lives.
class Quiet {
public:
  Quiet();
  ~Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

private:
  H5E_auto2_t print_ = nullptr;
  void* data_ = nullptr;
};

//! Keeps libhdf5 from closing itself at the end of the process, where it may crash after a lack of
//! memory. For a program that closes all of its files; before any other call of libhdf5.
void stay_open_at_exit();

//! Returns `result` (an identifier, a size, a status) unless it is negative: then throws Failure
//! "cannot `action`: `reason of libhdf5`".
hid_t checked(hid_t result, const std::string& action);

//! Owns one identifier.
template <herr_t (*Close)(hid_t)> class Handle {
public:
  Handle() = default;
  //! Throws Failure "cannot `action`: ..." if the identifier is negative.
  Handle(hid_t id, const std::string& action) : id_(checked(id, action)) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Handle() { reset(); }

  hid_t id() const { return id_; }

  //! Closes now; a failure to close goes unseen.
  void reset() {
    if (id_ >= 0) {
      Close(std::exchange(id_, H5I_INVALID_HID));
    }
  }

  //! Closes now; throws Failure if that fails.
  void close(const std::string& action) {
    if (id_ >= 0) {
      checked(Close(std::exchange(id_, H5I_INVALID_HID)), action);
    }
  }

private:
  hid_t id_ = H5I_INVALID_HID;
};

using File = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using Dataset = Handle<H5Dclose>;
using Object = Handle<H5Oclose>;
using Space = Handle<H5Sclose>;
using Type = Handle<H5Tclose>;
using AttributeHandle = Handle<H5Aclose>;
using Properties = Handle<H5Pclose>;
using Driver = Handle<H5FDunregister>;

} // namespace lantian::hdf5
