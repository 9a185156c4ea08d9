#pragma once
//! The layout of a scenario, told from the datasets in its group.

#include <string>

#include "ensemble/layout.hpp"
#include "hdf5/handles.hpp"

namespace lantian {

//! Throws hdf5::Failure if something that belongs together is not there.
Layout read_layout(hid_t group, const std::string& scenario);

} // namespace lantian
