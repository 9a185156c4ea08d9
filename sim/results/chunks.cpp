#include "results/chunks.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace lantian::hdf5 {
namespace {

static_assert(std::endian::native == std::endian::little, "values are stored as they are");

std::size_t product(std::span<const hsize_t> lengths) {
  return std::accumulate(lengths.begin(), lengths.end(), std::size_t{1}, std::multiplies<>());
}

// Moves `at` on by a step within a box, the last axis fastest; whether it still lies there.
bool advance(std::vector<hsize_t>& at, std::span<const hsize_t> step, const Box& box) {
  for (std::size_t axis = at.size(); axis-- > 0;) {
    if ((at[axis] += step[axis]) < box.start[axis] + box.count[axis]) {
      return true;
    }
    at[axis] = box.start[axis];
  }
  return false;
}

// Where the chunks of a box lie, and how many bytes a value has.
struct Grid {
  const Box& box;
  std::span<const hsize_t> shape;
  std::span<const hsize_t> chunk;
  std::size_t value_size;

  std::size_t chunk_bytes() const { return product(chunk) * value_size; }
};

// One chunk of a box, and where its values lie among those of the box.
class Part {
public:
  Part(const Grid& grid, const std::vector<hsize_t>& start) : grid_(grid), part_{start, {}} {
    for (std::size_t axis = 0; axis < start.size(); ++axis) {
      part_.count.push_back(std::min(grid.chunk[axis], grid.shape[axis] - start[axis]));
    }
  }

  const std::vector<hsize_t>& start() const { return part_.start; }

  // Whether the chunk is full, and its values stand side by side in the box.
  bool is_one_piece() const {
    return part_.count[0] == grid_.chunk[0] &&
           std::ranges::equal(grid_.chunk.subspan(1), std::span(grid_.box.count).subspan(1));
  }

  // [bytes]
  std::size_t offset_in_box() const { return offset(grid_.box, part_.start); }

  // act(offset in the chunk, offset in the box, length) for each row of neighbours [bytes].
  template <class Act> void for_each_row(const Act& act) const {
    const Box chunk{part_.start, {grid_.chunk.begin(), grid_.chunk.end()}};
    std::vector<hsize_t> step(part_.count.size(), 1);
    step.back() = part_.count.back();
    std::vector<hsize_t> at = part_.start;
    do {
      act(offset(chunk, at), offset(grid_.box, at), step.back() * grid_.value_size);
    } while (advance(at, step, part_));
  }

private:
  std::size_t offset(const Box& box, std::span<const hsize_t> at) const {
    std::size_t index = 0;
    for (std::size_t axis = 0; axis < at.size(); ++axis) {
      index = index * box.count[axis] + (at[axis] - box.start[axis]);
    }
    return index * grid_.value_size;
  }

  const Grid& grid_;
  Box part_;
};

template <class Act> void for_each_part(const Grid& grid, const Act& act) {
  std::vector<hsize_t> start = grid.box.start;
  do {
    act(Part(grid, start));
  } while (advance(start, grid.chunk, grid.box));
}

std::size_t stored_size(hid_t dataset, const hsize_t* start) {
  hsize_t size = 0;
  checked(H5Dget_chunk_storage_size(dataset, start, &size), "find a chunk");
  return size;
}

void read_stored(hid_t dataset, const hsize_t* start, std::span<std::byte> bytes) {
  std::uint32_t skipped_filters = 0;
  if (!bytes.empty()) {
    checked(H5Dread_chunk(dataset, H5P_DEFAULT, start, &skipped_filters, bytes.data()),
            "read a chunk");
  }
}

template <class Take>
void pack_parts(const Grid& grid, bool deflate, std::span<const std::byte> values,
                ChunkFilters& filters, const Take& take) {
  std::vector<std::byte> gathered;
  for_each_part(grid, [&](const Part& part) {
    std::span<const std::byte> whole;
    if (part.is_one_piece()) {
      whole = values.subspan(part.offset_in_box(), grid.chunk_bytes());
    } else {
      gathered.assign(grid.chunk_bytes(), std::byte{0});
      part.for_each_row([&](std::size_t in_chunk, std::size_t in_box, std::size_t length) {
        std::ranges::copy(values.subspan(in_box, length), &gathered[in_chunk]);
      });
      whole = gathered;
    }
    take(part.start(), filters.pack(whole, deflate));
  });
}

void unpack_parts(const PackedChunks& chunks, const Grid& grid, std::span<std::byte> values,
                  ChunkFilters& filters) {
  std::size_t next = 0;
  std::vector<std::byte> whole;
  for_each_part(grid, [&](const Part& part) {
    const std::span<const std::byte> stored = chunks.chunk(next++).bytes;
    if (part.is_one_piece()) {
      return filters.unpack(stored, values.subspan(part.offset_in_box(), grid.chunk_bytes()));
    }
    whole.resize(grid.chunk_bytes());
    filters.unpack(stored, whole);
    part.for_each_row([&](std::size_t in_chunk, std::size_t in_box, std::size_t length) {
      std::ranges::copy(std::span(whole).subspan(in_chunk, length), &values[in_box]);
    });
  });
}

std::vector<std::int8_t> to_int8(std::span<const double> values) {
  std::vector<std::int8_t> numbers(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(values[i] >= -128 && values[i] <= 127 && values[i] == std::floor(values[i]))) {
      throw std::invalid_argument(fmt::format("{} is no whole number from -128 to 127", values[i]));
    }
    numbers[i] = static_cast<std::int8_t>(values[i]);
  }
  return numbers;
}

} // namespace

void PackedChunks::add(const std::vector<hsize_t>& start, StoredChunk chunk) {
  std::ranges::copy(chunk.bytes, add(start, chunk.bytes.size()).begin());
  places_.back().skipped_filters = chunk.skipped_filters;
}

std::span<std::byte> PackedChunks::add(const std::vector<hsize_t>& start, std::size_t size) {
  places_.push_back({start, bytes_.size(), size, 0});
  bytes_.resize(bytes_.size() + size);
  return std::span(bytes_).last(size);
}

StoredChunk PackedChunks::chunk(std::size_t i) const {
  const Place& place = places_[i];
  return {std::span(bytes_).subspan(place.offset, place.size), place.skipped_filters};
}

std::size_t Box::size() const {
  return product(count);
}

Box whole_box(const std::vector<hsize_t>& shape) {
  return {std::vector<hsize_t>(shape.size(), 0), shape};
}

ChunkedArray::ChunkedArray(hid_t group, const std::string& name, ValueType type,
                           std::vector<hsize_t> shape, Storage storage)
    : dataset_(create_dataset(group, name, type == ValueType::int8 ? H5T_STD_I8LE : H5T_IEEE_F64LE,
                              shape, storage)),
      type_(type), shape_(std::move(shape)), storage_(std::move(storage)) {}

std::size_t ChunkedArray::value_size() const {
  return type_ == ValueType::float64 ? sizeof(double) : sizeof(std::int8_t);
}

PackedChunks ChunkedArray::fetch(const Box& box) const {
  PackedChunks chunks;
  for_each_part({box, shape_, storage_.chunk, value_size()}, [&](const Part& part) {
    const hsize_t* const start = part.start().data();
    read_stored(dataset_.id(), start, chunks.add(part.start(), stored_size(dataset_.id(), start)));
  });
  return chunks;
}

void ChunkedArray::unpack(const PackedChunks& chunks, const Box& box, std::span<double> values,
                          ChunkFilters& filters) const {
  const Grid grid{box, shape_, storage_.chunk, value_size()};
  if (type_ == ValueType::float64) {
    return unpack_parts(chunks, grid, std::as_writable_bytes(values), filters);
  }
  std::vector<std::int8_t> numbers(values.size());
  unpack_parts(chunks, grid, std::as_writable_bytes(std::span(numbers)), filters);
  std::ranges::copy(numbers, values.begin());
}

template <class Take>
void ChunkedArray::pack_each(const Box& box, std::span<const double> values, ChunkFilters& filters,
                             const Take& take) const {
  if (shape_.empty()) { // a scalar is stored without chunks
    return take({}, {std::as_bytes(values)});
  }
  const Grid grid{box, shape_, storage_.chunk, value_size()};
  if (type_ == ValueType::float64) {
    return pack_parts(grid, storage_.deflate, std::as_bytes(values), filters, take);
  }
  const std::vector<std::int8_t> numbers = to_int8(values);
  pack_parts(grid, storage_.deflate, std::as_bytes(std::span(numbers)), filters, take);
}

void ChunkedArray::write(const Box& box, std::span<const double> values,
                         ChunkFilters& filters) const {
  pack_each(box, values, filters, [this](const std::vector<hsize_t>& start, StoredChunk chunk) {
    store(start.data(), chunk);
  });
}

PackedChunks ChunkedArray::pack(const Box& box, std::span<const double> values,
                                ChunkFilters& filters) const {
  PackedChunks chunks;
  pack_each(box, values, filters, [&](const std::vector<hsize_t>& start, StoredChunk chunk) {
    chunks.add(start, chunk);
  });
  return chunks;
}

void ChunkedArray::store(const PackedChunks& chunks) const {
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    store(chunks.start(i), chunks.chunk(i));
  }
}

void ChunkedArray::store(const hsize_t* start, StoredChunk chunk) const {
  if (shape_.empty()) {
    return write_box(dataset_, {}, {}, H5T_NATIVE_DOUBLE, chunk.bytes.data());
  }
  checked(H5Dwrite_chunk(dataset_.id(), H5P_DEFAULT, chunk.skipped_filters, start,
                         chunk.bytes.size(), chunk.bytes.data()),
          "write values");
}

void verify_chunks(const Dataset& dataset) {
  const Box all = whole_box(shape(dataset));
  std::vector<hsize_t> chunk(all.count.size());
  const Properties creation(H5Dget_create_plist(dataset.id()), "read dataset properties");
  checked(H5Pget_chunk(creation.id(), static_cast<int>(chunk.size()), chunk.data()),
          "read the chunk's size");
  std::vector<hsize_t> start = all.start;
  std::vector<std::byte> bytes;
  do {
    bytes.resize(stored_size(dataset.id(), start.data()));
    read_stored(dataset.id(), start.data(), bytes);
    checked_content(bytes);
  } while (advance(start, chunk, all));
}

} // namespace lantian::hdf5
