#include "hdf5/handles.hpp"

namespace lantian::hdf5 {
namespace {

// The innermost entry of the error stack says what really happened.
herr_t keep_first(unsigned position, const H5E_error2_t* entry, void* reason) {
  if (position == 0 && entry->desc != nullptr) {
    *static_cast<std::string*>(reason) = entry->desc;
  }
  return 0;
}

std::string reason() {
  std::string text = "unknown error";
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &text);
  return text;
}

} // namespace

Quiet::Quiet() {
  H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Quiet::~Quiet() {
  H5Eset_auto2(H5E_DEFAULT, print_, data_);
}

void stay_open_at_exit() {
  H5dont_atexit();
}

hid_t checked(hid_t result, const std::string& action) {
  if (result < 0) {
    throw Failure("cannot " + action + ": " + reason());
  }
  return result;
}

} // namespace lantian::hdf5
