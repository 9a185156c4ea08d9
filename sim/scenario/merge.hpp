#pragma once

// Merging of scenario files: what `extends` means. Plain tables merge key by key; everything else
// (numbers, texts, arrays, and distributions and mixes with all their arguments) replaces whole.

#include <string>

#include "scenario/value.hpp"

namespace lantian {

//! Lays `over` on `base`, in place. Values of `over` win. `depth` is how many keys lead to the two:
//! 0 for a whole file.
void merge_into(Value& base, Value over, int depth = 0);

//! True for { pert = … }, { mix = … } and the like, which replace whole.
bool is_number_table(const TableValue& table);

//! Removes every table with `enabled = false` and records its key path in `document.removed`; takes
//! the key `enabled` away from the others.
void remove_disabled(Document& document);

} // namespace lantian
