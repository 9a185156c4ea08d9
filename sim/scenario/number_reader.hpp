#pragma once

// Parts of reading numbers that several readers share.

#include <optional>
#include <string>

#include "scenario/number.hpp"
#include "scenario/table_reader.hpp"
#include "scenario/units.hpp"

namespace lantian {

//! A fixed quantity: no parameter, no distribution. Reports what is wrong with it.
std::optional<Quantity> read_quantity(const FieldInput& input);

//! Reports when the bounds leave the range of the field; true when they do not.
bool check_range(const FieldInput& input, Bounds bounds, Dimension dimension, bool is_fixed);

//! "'5 t' is a mass; a mass per time is needed: …".
std::string wrong_number_dimension(const FieldInput& input, Dimension found, Dimension asked);

//! A value as a message shows it: '5 t', 12, an array.
std::string written(const Value& value);

} // namespace lantian
