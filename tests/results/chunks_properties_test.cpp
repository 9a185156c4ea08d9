// Arrays of any shape in chunks of any size, against plain indexing and libhdf5's own filters.

#include "results/chunks.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <numeric>
#include <ostream>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lantian::hdf5 {

void showValue(const Box& box, std::ostream& out) { // NOLINT(readability-identifier-naming)
  out << "from ";
  rc::show(box.start, out);
  out << " on ";
  rc::show(box.count, out);
}

namespace {

//! An array and what it holds.
struct Case {
  std::vector<hsize_t> shape;
  std::vector<hsize_t> chunk;
  ValueType type = ValueType::float64;
  bool deflate = false;
  std::vector<double> palette; //!< its values, over and over

  std::vector<double> values() const {
    std::vector<double> all(std::accumulate(shape.begin(), shape.end(), std::size_t{1},
                                            std::multiplies<std::size_t>()));
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = palette[i % palette.size()];
    return all;
  }
};

void showValue(const Case& one, std::ostream& out) { // NOLINT(readability-identifier-naming)
  out << (one.type == ValueType::int8 ? "int8 " : "float64 ");
  rc::show(one.shape, out);
  out << " in chunks of ";
  rc::show(one.chunk, out);
  out << (one.deflate ? ", deflated, of " : " of ");
  rc::show(one.palette, out);
}

rc::Gen<Case> any_case() {
  using namespace rc;
  return gen::exec([] {
    Case one;
    const auto axes = *gen::inRange<std::size_t>(1, 4);
    one.shape = *gen::container<std::vector<hsize_t>>(axes, gen::inRange<hsize_t>(1, 12));
    for (const hsize_t length : one.shape)
      one.chunk.push_back(*gen::inRange<hsize_t>(1, length + 1));
    one.type = *gen::element(ValueType::float64, ValueType::int8);
    one.deflate = *gen::arbitrary<bool>();
    const auto whole = gen::map(gen::inRange(-128, 128), [](int n) { return double(n); });
    const auto any = gen::map(gen::arbitrary<std::uint64_t>(),
                              [](std::uint64_t bits) { return std::bit_cast<double>(bits); });
    one.palette = *gen::nonEmpty(
        gen::container<std::vector<double>>(one.type == ValueType::int8 ? whole : any));
    return one;
  });
}

//! A box that begins with a chunk and ends with one, or with the array.
rc::Gen<Box> any_box(const Case& one) {
  return rc::gen::exec([one] {
    Box box;
    for (std::size_t axis = 0; axis < one.shape.size(); ++axis) {
      const hsize_t chunks = (one.shape[axis] - 1) / one.chunk[axis] + 1;
      const hsize_t first = *rc::gen::inRange<hsize_t>(0, chunks);
      const hsize_t last = *rc::gen::inRange<hsize_t>(first + 1, chunks + 1);
      box.start.push_back(first * one.chunk[axis]);
      box.count.push_back(std::min(last * one.chunk[axis], one.shape[axis]) - box.start.back());
    }
    return box;
  });
}

//! The values of a box of the array, whose index is counted anew for each.
std::vector<double> picked(const Case& one, const std::vector<double>& values, const Box& box) {
  std::vector<double> inside;
  for (std::size_t i = 0; i < values.size(); ++i) {
    bool is_inside = true;
    std::size_t rest = i;
    for (std::size_t axis = one.shape.size(); axis-- > 0;) {
      const hsize_t at = rest % one.shape[axis];
      rest /= one.shape[axis];
      is_inside = is_inside && at >= box.start[axis] && at < box.start[axis] + box.count[axis];
    }
    if (is_inside)
      inside.push_back(values[i]);
  }
  return inside;
}

std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
  std::vector<std::uint64_t> bits(values.size());
  std::ranges::transform(values, bits.begin(),
                         [](double value) { return std::bit_cast<std::uint64_t>(value); });
  return bits;
}

constexpr char kName[] = "array";

//! A file that stays in memory.
File memory_file() {
  const Properties access(H5Pcreate(H5P_FILE_ACCESS), "make properties");
  checked(H5Pset_fapl_core(access.id(), 1 << 16, /*backing_store=*/0), "choose memory");
  return {H5Fcreate("properties", H5F_ACC_TRUNC, H5P_DEFAULT, access.id()), "create"};
}

//! A new array that is written row of chunks by row of chunks, as a run writes its blocks.
ChunkedArray written(const Case& one, const std::vector<double>& values, const File& file,
                     ChunkFilters& filters) {
  ChunkedArray array(file.id(), kName, one.type, one.shape, {one.chunk, one.deflate});
  for (hsize_t row = 0; row < one.shape[0]; row += one.chunk[0]) {
    Box rows = whole_box(one.shape);
    rows.start[0] = row;
    rows.count[0] = std::min(one.chunk[0], one.shape[0] - row);
    array.write(rows, picked(one, values, rows), filters);
  }
  return array;
}

// libhdf5 1.10 must open the array anew to read what was stored in spite of its filters.
RC_GTEST_PROP(ChunkedArrayProperties, has_in_any_box_what_was_written_there, ()) {
  const Case one = *any_case();
  const std::vector<double> values = one.values();
  const Box box = *any_box(one);
  const std::vector<double> expected = picked(one, values, box);
  std::vector<double> read(expected.size());
  const File file = memory_file();
  {
    ChunkFilters filters;
    const ChunkedArray array = written(one, values, file, filters);
    array.read(box, read, filters);
    RC_ASSERT(bits_of(read) == bits_of(expected));
  }
  std::ranges::fill(read, 0.5);
  const Dataset again(H5Dopen(file.id(), kName, H5P_DEFAULT), "open");
  read_box(again, box.start, box.count, H5T_NATIVE_DOUBLE, read.data());
  RC_ASSERT(bits_of(read) == bits_of(expected));
  verify_chunks(again);
}

RC_GTEST_PROP(ChunkFiltersProperties, give_back_any_bytes_and_refuse_changed_ones, ()) {
  const auto piece = *rc::gen::nonEmpty<std::vector<std::uint8_t>>();
  const auto times = *rc::gen::inRange(1, 40); // so that some are worth deflating
  const bool deflate = *rc::gen::arbitrary<bool>();
  std::vector<std::byte> bytes;
  for (int i = 0; i < times; ++i)
    std::ranges::transform(piece, std::back_inserter(bytes), [](int b) { return std::byte(b); });
  ChunkFilters filters;
  const auto stored = filters.pack(bytes, deflate).bytes;
  std::vector<std::byte> sent(stored.begin(), stored.end());
  std::vector<std::byte> back(bytes.size());
  filters.unpack(sent, back);
  RC_ASSERT(back == bytes);

  const auto at = *rc::gen::inRange<std::size_t>(0, sent.size());
  std::vector<std::byte> cut(sent.begin(), sent.begin() + static_cast<std::ptrdiff_t>(at));
  RC_ASSERT_THROWS_AS(filters.unpack(cut, back), Failure);
  sent[at] ^= std::byte(1 << *rc::gen::inRange(0, 8));
  RC_ASSERT_THROWS_AS(filters.unpack(sent, back), Failure);
}

} // namespace
} // namespace lantian::hdf5
