#pragma once

// A batch of blocks as bytes, to be carried between processes that run the same build.
//
// What stands there, numbers as they are in memory: the letters "lantian blocks 1\n"; the run's
// identity as a text; events; number of blocks; for each its scenario, first replication, count,
// arrays and log; the CRC-64 of all that. A text or array is its length (64 bits) and its bytes.

#include "ensemble/ensemble.hpp"
#include "results/packing.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace lantian {

//! The bytes without their digest. `identity`: what tells a run from every other, see
//! run_identity.hpp.
std::string packed(const Batch& batch, std::string_view identity);

//! Appends the digest.
std::string sealed(std::string packed);

//! Appends the same bytes and their digest to an open file, without a copy of them in memory.
//! Throws OutputError in the name of `path`.
void append_sealed(int descriptor, const Batch& batch, std::string_view identity,
                   const std::filesystem::path& path);

//! Throws UsageError where the bytes are cut short or damaged, or of another run.
Batch batch_of(std::string_view bytes, std::string_view identity);

//! What follows the identity in sealed bytes that begin with `magic`, for others that are kept in
//! this way. Throws as batch_of does.
std::string_view sound_content(std::string_view bytes, std::string_view magic,
                               std::string_view identity);

template <class Bytes> void pack(PackingTo<Bytes>& packer, const EventLog& log) {
  packer.array(log.replication);
  packer.array(log.time);
  packer.texts(log.measure);
  packer.texts(log.event);
  packer.texts(log.detail);
}

EventLog unpack_log(Unpacker& unpacker);

} // namespace lantian
