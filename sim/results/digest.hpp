#pragma once
//! A digest over everything in a group that carries no checksum of HDF5's own: texts, and the
//! values of coordinates. What is hashed, in this order, for each object: its path within the
//! group; for a dataset its shape and the names of its dimensions, and its values unless they have
//! Fletcher-32 checksums; the names and values of its text attributes. Objects and attributes come
//! sorted by name, a text as its length (64 bits, little-endian) and its bytes, numbers as the
//! bytes in the file. Numbers in attributes lie in object headers, which HDF5 checks itself.

#include <string>

#include "hdf5/handles.hpp"
#include "results/sha256.hpp"

namespace lantian::hdf5 {

//! The attribute that holds the digest; it is left out of it.
inline constexpr char kDigestAttribute[] = "content_sha256";

class ContentDigest {
public:
  //! The text attributes of an object.
  void add_attributes(hid_t object);

  //! Everything in a group, at any depth.
  void add_group(hid_t group, const std::string& path = "");

  std::string digest() { return hash_.digest(); }

private:
  void add_text(const std::string& text);
  void add_length(std::uint64_t length);
  void add_dataset(hid_t group, const std::string& name);
  void add_values(hid_t dataset, std::size_t count);

  Sha256 hash_;
};

} // namespace lantian::hdf5
