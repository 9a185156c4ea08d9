#pragma once
//! Checks stored values against their Fletcher-32 checksums without unpacking them: several times
//! as fast as reading them. The checksum is the last filter, so that it covers the stored bytes.

#include <cstddef>
#include <cstdint>
#include <span>

#include "results/datasets.hpp"

namespace lantian::hdf5 {

//! The checksum of libhdf5's filter: 16-bit big-endian words, an odd last byte padded with zero.
std::uint32_t fletcher32(std::span<const std::byte> bytes);

//! Reads every chunk of a dataset with checksums. Throws Failure if one is missing or does not
//! match.
void verify_chunks(const Dataset& dataset);

} // namespace lantian::hdf5
