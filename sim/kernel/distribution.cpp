#include "kernel/distribution.hpp"
