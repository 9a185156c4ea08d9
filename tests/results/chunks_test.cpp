#include "results/chunks.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/temporary_folder.hpp"

namespace lantian::hdf5 {
namespace {

using testing::EndsWith;
using testing::ThrowsMessage;

// Sixteen months of one value, then of the next.
std::vector<double> steps(std::size_t count) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i)
    values[i] = std::sqrt(static_cast<double>(i / 16));
  return values;
}

// What no filter can shrink: the bytes of a 64-bit linear congruential generator.
std::vector<double> noise(std::size_t count) {
  std::uint64_t state = 1;
  std::vector<double> values(count);
  for (double& value : values) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    value = static_cast<double>(state >> 11);
  }
  return values;
}

TEST(Fletcher32, sums_big_endian_words_by_hand) {
  // Words 0x0102, 0x0304: sums 0x0102, 0x0406; sums of sums 0x0102, 0x0508. An odd byte 0x05 is
  // the word 0x0500: 0x0906 and 0x0e0e.
  const std::array even = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
  const std::array odd = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}, std::byte{5}};
  EXPECT_EQ(fletcher32(even), 0x05080406u);
  EXPECT_EQ(fletcher32(odd), 0x0e0e0906u);
  EXPECT_EQ(fletcher32({}), 0u);
}

TEST(ChunkFilters, give_back_what_they_packed) {
  ChunkFilters filters;
  for (const bool deflate : {false, true}) {
    for (const std::vector<double>& values : {steps(10'000), noise(10'000), steps(1)}) {
      const StoredChunk stored = filters.pack(std::as_bytes(std::span(values)), deflate);
      std::vector<double> read(values.size());
      ChunkFilters().unpack(stored.bytes, std::as_writable_bytes(std::span(read)));
      EXPECT_EQ(read, values);
    }
  }
}

TEST(ChunkFilters, store_noise_as_it_is_and_steps_in_a_tenth) {
  ChunkFilters filters;
  const std::vector<double> shaky = noise(10'000);
  const StoredChunk stored = filters.pack(std::as_bytes(std::span(shaky)), true);
  EXPECT_LE(stored.bytes.size(), 80'000u + 4);
  const std::vector<double> stepped = steps(10'000);
  EXPECT_LT(filters.pack(std::as_bytes(std::span(stepped)), true).bytes.size(), 8'000u);
  EXPECT_TRUE(filters.compresses_well(stepped));
  EXPECT_FALSE(filters.compresses_well(shaky));
  EXPECT_TRUE(filters.compresses_well({}));
}

// ISA-L is given memory that nobody has cleared, and the same for chunk after chunk.
TEST(ChunkFilters, pack_the_same_bytes_whatever_they_packed_before) {
  const std::vector<double> values = steps(10'000);
  const std::vector<double> other = noise(10'000);
  ChunkFilters filters;
  const auto pack = [&](const std::vector<double>& what) {
    const StoredChunk stored = filters.pack(std::as_bytes(std::span(what)), true);
    return std::vector(stored.bytes.begin(), stored.bytes.end());
  };
  const std::vector<std::byte> first = pack(values);
  pack(other);
  EXPECT_EQ(pack(values), first);
}

// Fletcher-32 finds every single bit.
TEST(ChunkFilters, refuse_a_wrong_bit_and_a_wrong_length) {
  ChunkFilters filters;
  const std::vector<double> values = steps(64);
  std::vector<double> read(values.size());
  const auto bytes = std::as_writable_bytes(std::span(read));
  const StoredChunk stored = filters.pack(std::as_bytes(std::span(values)), true);
  for (std::size_t bit = 0; bit < 8 * stored.bytes.size(); ++bit) {
    std::vector<std::byte> wrong(stored.bytes.begin(), stored.bytes.end());
    wrong[bit / 8] ^= std::byte{1} << (bit % 8);
    EXPECT_THAT([&] { filters.unpack(wrong, bytes); },
                ThrowsMessage<Failure>(EndsWith("does not match its checksum")));
  }
  EXPECT_THAT([&] { filters.unpack(stored.bytes, bytes.first(8)); },
              ThrowsMessage<Failure>(EndsWith("cannot be inflated")));
  EXPECT_THAT([&] { filters.unpack(stored.bytes.first(3), bytes); },
              ThrowsMessage<Failure>(EndsWith("a chunk is missing")));
  const StoredChunk plain = filters.pack(std::as_bytes(std::span(values)), false);
  EXPECT_THAT([&] { filters.unpack(plain.bytes, bytes.first(8)); },
              ThrowsMessage<Failure>(EndsWith("cannot be inflated")));
}

class ChunkedArrayTest : public testing::Test {
protected:
  // 7 x 5 x 4, of which the chunks of 3 x 2 x 4 cover 9 x 6 x 4.
  ChunkedArray make(const std::string& name, ValueType type, bool deflate) const {
    return {file.id(), name, type, {7, 5, 4}, {{3, 2, 4}, deflate}};
  }

  // Through libhdf5's own filters.
  static std::vector<double> read_by_libhdf5(const ChunkedArray& array) {
    std::vector<double> values(7 * 5 * 4);
    const Box all = whole_box(array.shape());
    read_box(array.dataset(), all.start, all.count, H5T_NATIVE_DOUBLE, values.data());
    return values;
  }

  TemporaryFolder folder;
  File file{H5Fcreate((folder.path() / "x.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT),
            "create"};
  ChunkFilters filters;
};

TEST_F(ChunkedArrayTest, what_it_writes_is_read_by_libhdf5_and_by_itself) {
  std::vector<double> values(7 * 5 * 4);
  std::iota(values.begin(), values.end(), -70.0);
  for (const ValueType type : {ValueType::float64, ValueType::int8}) {
    for (const bool deflate : {false, true}) {
      const ChunkedArray array =
          make(std::to_string(static_cast<int>(type)) + std::to_string(static_cast<int>(deflate)),
               type, deflate);
      array.write({{0, 0, 0}, {3, 5, 4}}, std::span(values).first(60), filters);
      array.write({{3, 0, 0}, {3, 5, 4}}, std::span(values).subspan(60, 60), filters);
      array.write({{6, 0, 0}, {1, 5, 4}}, std::span(values).subspan(120), filters);
      EXPECT_EQ(read_by_libhdf5(array), values);
      std::vector<double> column(7 * 2 * 4); // the second column of chunks
      array.read({{0, 2, 0}, {7, 2, 4}}, column, filters);
      for (std::size_t i = 0; i < column.size(); ++i)
        EXPECT_EQ(column[i], values[i / 8 * 20 + 8 + i % 8]);
      EXPECT_NO_THROW(verify_chunks(array.dataset()));
    }
  }
}

TEST_F(ChunkedArrayTest, reads_what_libhdf5_wrote) {
  const ChunkedArray array = make("steps", ValueType::float64, true);
  const std::vector<double> values = steps(7 * 5 * 4);
  const Box all = whole_box(array.shape());
  write_box(array.dataset(), all.start, all.count, H5T_NATIVE_DOUBLE, values.data());
  std::vector<double> read(values.size());
  array.read(all, read, filters);
  EXPECT_EQ(read, values);
}

// Of two chunks the first shrinks and the second does not.
TEST_F(ChunkedArrayTest, reads_chunks_that_were_deflated_and_others_of_one_array) {
  const ChunkedArray array(file.id(), "both", ValueType::float64, {2, 500}, {{1, 500}, true});
  std::vector<double> values = steps(500);
  const std::vector<double> shaky = noise(500);
  values.insert(values.end(), shaky.begin(), shaky.end());
  const Box all = whole_box(array.shape());
  array.write(all, values, filters);
  std::vector<double> read(values.size());
  array.read(all, read, filters);
  EXPECT_EQ(read, values);
  read_box(array.dataset(), all.start, all.count, H5T_NATIVE_DOUBLE, read.data());
  EXPECT_EQ(read, values);
}

TEST_F(ChunkedArrayTest, a_scalar_has_no_chunks) {
  const ChunkedArray array(file.id(), "one", ValueType::float64, {}, {{}, true});
  array.write({}, std::vector{4.5}, filters);
  double read = 0;
  read_box(array.dataset(), {}, {}, H5T_NATIVE_DOUBLE, &read);
  EXPECT_EQ(read, 4.5);
}

TEST_F(ChunkedArrayTest, a_chunk_that_was_never_written_is_missed) {
  const Quiet quiet;
  const ChunkedArray array = make("empty", ValueType::float64, true);
  EXPECT_THROW(verify_chunks(array.dataset()), Failure);
}

} // namespace
} // namespace lantian::hdf5
