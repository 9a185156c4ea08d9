#pragma once
//! Arrays that are written, read and checked in whole chunks, whose filters run here and not within
//! libhdf5 (chunk_filters.hpp).

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ensemble/layout.hpp"
#include "results/chunk_filters.hpp"
#include "results/datasets.hpp"

namespace lantian::hdf5 {

//! `start` and `count` along each axis.
struct Box {
  std::vector<hsize_t> start;
  std::vector<hsize_t> count;

  std::size_t size() const; //!< values in it
};

//! Some chunks as they stand in a file.
class PackedChunks {
public:
  void add(const std::vector<hsize_t>& start, StoredChunk chunk);
  //! Room for a chunk of so many bytes, good until the next is added.
  std::span<std::byte> add(const std::vector<hsize_t>& start, std::size_t size);

  std::size_t size() const { return places_.size(); }
  const hsize_t* start(std::size_t i) const { return places_[i].start.data(); }
  StoredChunk chunk(std::size_t i) const;

private:
  struct Place {
    std::vector<hsize_t> start;
    std::size_t offset;
    std::size_t size;
    std::uint32_t skipped_filters;
  };

  std::vector<Place> places_;
  std::vector<std::byte> bytes_;
};

//! All of an array of this shape.
Box whole_box(const std::vector<hsize_t>& shape);

//! A dataset of numbers. What it is given begins and ends where chunks do, or at the array's end.
class ChunkedArray {
public:
  ChunkedArray() = default;
  //! Throws Failure.
  ChunkedArray(hid_t group, const std::string& name, ValueType type, std::vector<hsize_t> shape,
               Storage storage);

  const Dataset& dataset() const { return dataset_; }
  const std::vector<hsize_t>& shape() const { return shape_; }

  //! Writes the values of a box, the last axis running fastest. Throws Failure, and
  //! std::invalid_argument if a value of an int8 array is none.
  void write(const Box& box, std::span<const double> values, ChunkFilters& filters) const;

  //! Fills `values` with those of a box. Throws Failure.
  void read(const Box& box, std::span<double> values, ChunkFilters& filters) const {
    unpack(fetch(box), box, values, filters);
  }

  //! The two halves of each: one that calls libhdf5, and one for any thread.
  PackedChunks fetch(const Box& box) const;
  void unpack(const PackedChunks& chunks, const Box& box, std::span<double> values,
              ChunkFilters& filters) const;
  PackedChunks pack(const Box& box, std::span<const double> values, ChunkFilters& filters) const;
  void store(const PackedChunks& chunks) const;

private:
  //! take(start, stored) for each chunk of a box.
  template <class Take>
  void pack_each(const Box& box, std::span<const double> values, ChunkFilters& filters,
                 const Take& take) const;
  void store(const hsize_t* start, StoredChunk chunk) const;
  std::size_t value_size() const;

  Dataset dataset_;
  ValueType type_ = ValueType::float64;
  std::vector<hsize_t> shape_;
  Storage storage_;
};

//! Reads every chunk of a dataset with checksums, without unpacking it: several times as fast as
//! reading values. Throws Failure if one is missing or does not match.
void verify_chunks(const Dataset& dataset);

} // namespace lantian::hdf5
