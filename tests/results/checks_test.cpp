#include "results/checks.hpp"

#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "results/crc64.hpp"
#include "results/sha256.hpp"
#include "results/temporary_folder.hpp"

namespace lantian {
namespace {

TEST(Sha256, agrees_with_the_standard) { // FIPS 180-4, examples
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 pieces;
  pieces.add(std::string_view("a"));
  pieces.add(std::string_view("bc"));
  EXPECT_EQ(pieces.digest(), sha256("abc"));
}

// The check value of CRC-64/XZ in G. Cook's catalogue of parametrised CRC algorithms.
TEST(Crc64, agrees_with_the_catalogue) {
  EXPECT_EQ(crc64("123456789"), "995dc9bbdf1939fa");
  Crc64 pieces;
  pieces.add("1234");
  pieces.add("56789");
  EXPECT_EQ(pieces.digest(), crc64("123456789"));
}

TEST(Extents, grow_together_where_they_touch) {
  Extents extents;
  add_extent(extents, 100, 10);
  add_extent(extents, 110, 5);
  add_extent(extents, 200, 5);
  EXPECT_EQ(extents, (Extents{{100, 15}, {200, 5}}));
}

TEST(Extents, lose_what_is_written_over) {
  const Extents before = {{100, 10}, {200, 10}, {300, 10}};
  const auto without = [&](std::uint64_t address, std::uint64_t length) {
    Extents extents = before;
    drop_extent(extents, address, length);
    return extents;
  };
  EXPECT_EQ(without(110, 90), before); // between two, touching both
  EXPECT_EQ(without(105, 1), (Extents{{200, 10}, {300, 10}}));
  EXPECT_EQ(without(109, 92), (Extents{{300, 10}}));
  EXPECT_EQ(without(0, 1000), Extents{});
}

// A file of 3,000 bytes with checks; bytes 1,000 to 1,999 are values.
class Checks : public testing::Test {
protected:
  Checks() {
    const auto path = folder_.path() / "file";
    descriptor_ = open(path.c_str(), O_RDWR | O_CREAT, 0600);
    const std::string bytes(3000, 'x');
    EXPECT_EQ(pwrite(descriptor_, bytes.data(), bytes.size(), 0), 3000);
    append_checks(descriptor_, {{1000, 1000}});
  }
  ~Checks() override { close(descriptor_); }

  void set(off_t position, char value) const {
    EXPECT_EQ(pwrite(descriptor_, &value, 1, position), 1);
  }

  TemporaryFolder folder_;
  int descriptor_ = -1;
};

TEST_F(Checks, pass_an_untouched_file) {
  EXPECT_EQ(compare_with_checks(descriptor_), Soundness::sound);
}

TEST_F(Checks, leave_the_values_to_their_own_checksums) {
  for (const off_t position : {1000, 1999}) {
    set(position, 'y');
  }
  EXPECT_EQ(compare_with_checks(descriptor_), Soundness::sound);
}

TEST_F(Checks, find_every_other_byte) {
  const off_t end = lseek(descriptor_, 0, SEEK_END) - 16; // the last 16 say that checks are there
  for (off_t position = 0; position < end; position += position == 999 ? 1001 : 1) {
    char before = 0;
    ASSERT_EQ(pread(descriptor_, &before, 1, position), 1);
    set(position, static_cast<char>(before ^ 1));
    EXPECT_EQ(compare_with_checks(descriptor_), Soundness::damaged) << position;
    set(position, before);
  }
}

TEST_F(Checks, are_missed_in_a_file_that_was_cut) {
  ASSERT_EQ(ftruncate(descriptor_, 3010), 0);
  EXPECT_EQ(compare_with_checks(descriptor_), Soundness::without_checks);
  ASSERT_EQ(ftruncate(descriptor_, 0), 0);
  EXPECT_EQ(compare_with_checks(descriptor_), Soundness::without_checks);
}

} // namespace
} // namespace lantian
