#pragma once
//! Runs the engine on a thread of its own while the calling thread stays Python's: it answers
//! Ctrl-C within a twentieth of a second and calls `progress(done, all)` now and then. The calling
//! thread holds the GIL only for that. When Python raises (KeyboardInterrupt, or what `progress`
//! raised), the engine is told to stop, and once it has, that exception is the one that is thrown.

#include <functional>
#include <stop_token>

#include <pybind11/pybind11.h>

#include "ensemble/ensemble.hpp"

namespace lantian::python {

using Work = std::function<void(const Progress&, const std::stop_token&)>;

//! Returns when `work` is done; throws what it threw, or UsageError where this process was forked
//! while work was under way. `progress` may be None.
void run_in_background(const pybind11::object& progress, const Work& work);

} // namespace lantian::python
