#pragma once

// A batch of blocks as bytes, to be carried between processes that run the same build.
//
// What stands there, numbers as they are in memory: the letters "lantian blocks 1\n"; the run's
// identity as a text; events; number of blocks; for each its scenario, first replication, count,
// arrays and log; the SHA-256 of all that. A text or array is its length (64 bits) and its bytes.

#include "ensemble/ensemble.hpp"
#include "results/packing.hpp"

#include <string>
#include <string_view>

namespace lantian {

//! The bytes without their digest. `identity`: what tells a run from every other, see
//! run_identity.hpp.
std::string packed(const Batch& batch, std::string_view identity);

//! Appends the digest, which takes longer than packing.
std::string sealed(std::string packed);

//! Throws UsageError where the bytes are cut short or damaged, or of another run.
Batch batch_of(std::string_view bytes, std::string_view identity);

//! What follows the identity in sealed bytes that begin with `magic`, for others that are kept in
//! this way. Throws as batch_of does.
std::string_view sound_content(std::string_view bytes, std::string_view magic,
                               std::string_view identity);

void pack(Packer& packer, const EventLog& log);
EventLog unpack_log(Unpacker& unpacker);

} // namespace lantian
