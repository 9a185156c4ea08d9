// Files that are not what they should be: whatever is wrong, the reader says so.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fcntl.h>

#include <gmock/gmock.h>
#include <hdf5.h>

#include "results/checks.hpp"
#include "results/file_bytes.hpp"
#include "results/result_file.hpp"
#include "results/sample.hpp"
#include "results/temporary_folder.hpp"

namespace lantian {
namespace {

using testing::HasSubstr;

// The sample, uncompressed, as bytes that can be changed and read again.
class Damage : public testing::Test {
protected:
  Damage() : path_(folder_.path() / "out.h5") {
    sample::write(path_, {.block = 4, .deflate = false});
    std::ifstream stream(path_, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(stream), {});
  }

  // What the reader says after reading everything in these bytes.
  std::string verdict(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    try {
      ResultFile file(path_);
      file.verify();
      for (const std::string& scenario : file.scenarios()) {
        file.event_log(scenario);
      }
    } catch (const ResultFileError& error) {
      return std::string(error.what()).substr(path_.string().size() + 2);
    }
    return "sound";
  }

  std::string flipped(std::size_t position) const {
    std::string bytes = bytes_;
    bytes[position] = static_cast<char>(bytes[position] ^ 0x10);
    return bytes;
  }

  // All numbers and texts that a reader would use.
  std::vector<std::string> all_values() const {
    const ResultFile file(path_);
    std::vector<std::string> all;
    for (const std::string& scenario : file.scenarios()) {
      for (const Variable& variable : file.layout(scenario).variables()) {
        const std::vector<double> values = file.read(scenario, variable.name);
        const std::string raw(reinterpret_cast<const char*>(values.data()),
                              values.size() * sizeof(double));
        all.push_back(variable.name + variable.unit + raw);
      }
    }
    return all;
  }

  TemporaryFolder folder_;
  std::filesystem::path path_;
  std::string bytes_;
};

TEST_F(Damage, of_a_value_is_found_by_its_checksum) {
  const double value = 100 * sample::kNOxByZone + 5 + 4.5; // the last of NOx_by_zone
  std::string pattern(sizeof value, '\0');
  std::memcpy(pattern.data(), &value, sizeof value);
  const std::size_t position = bytes_.find(pattern);
  ASSERT_NE(position, std::string::npos);
  EXPECT_THAT(verdict(flipped(position)),
              HasSubstr("the file was damaged or changed after it was written"));
  const ResultFile file(path_); // still opens, and tells when the values are read
  EXPECT_THROW(file.read("baseline", "NOx_by_zone"), ResultFileError);
  EXPECT_NO_THROW(file.read("baseline", "NOx"));
}

TEST_F(Damage, of_any_text_is_found_by_a_digest) {
  for (const char* text : {"relocate-jiyu", "等待许可", "重点区域", "NOx emitted", "philox",
                           "time: sum", "not_assessable", "2024-03-31", "Scenario base"}) {
    const std::size_t position = bytes_.find(text);
    ASSERT_NE(position, std::string::npos) << text;
    EXPECT_THAT(verdict(flipped(position + 1)),
                HasSubstr("the file was damaged or changed after it was written"))
        << text;
  }
}

TEST_F(Damage, anywhere_is_found_or_harmless) {
  const std::vector<std::string> sound = all_values();
  int found = 0;
  for (std::size_t position = 0; position < bytes_.size(); position += 331) {
    if (verdict(flipped(position)) != "sound") {
      ++found;
    } else { // a byte that nothing depends on, such as the rest of a half-filled block
      EXPECT_EQ(all_values(), sound) << "byte " << position;
    }
  }
  EXPECT_GT(found, 50);
}

TEST_F(Damage, by_cutting_the_end_off_is_found) {
  for (const std::size_t length : {bytes_.size() - 1, bytes_.size() / 2, std::size_t{100}}) {
    EXPECT_THAT(verdict(bytes_.substr(0, length)),
                HasSubstr("the file was damaged or changed after it was written"))
        << length;
  }
}

TEST_F(Damage, to_the_signature_makes_it_another_kind_of_file) {
  constexpr char verdict_of_all[] = "is not an HDF5 file, so not a result of lantian";
  EXPECT_EQ(verdict(""), verdict_of_all);
  EXPECT_EQ(verdict("lantian = 1\n"), verdict_of_all);
  EXPECT_EQ(verdict(bytes_.substr(1)), verdict_of_all);
}

TEST_F(Damage, is_not_to_miss_a_file_of_another_major_version) {
  const hid_t file = H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t version = H5Aopen(file, "format_version", H5P_DEFAULT);
  const std::int32_t next[] = {2, 3};
  H5Awrite(version, H5T_NATIVE_INT32, next);
  H5Aclose(version);
  H5Fclose(file); // without the checks now
  const Descriptor descriptor(open(path_.c_str(), O_RDWR));
  append_checks(descriptor.number(), {});
  try {
    ResultFile opened(path_);
    FAIL() << "it was read";
  } catch (const ResultFileError& error) {
    EXPECT_EQ(error.what(), path_.string() +
                                ": has format version 2.3; this program reads version 1: use the "
                                "version of lantian that wrote it");
  }
}

TEST(ResultFile, refuses_what_is_not_a_result) {
  const TemporaryFolder folder;
  const auto other = folder.path() / "other.h5";
  H5Fclose(H5Fcreate(other.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  const auto refusal = [](const std::filesystem::path& path) {
    try {
      ResultFile file(path);
    } catch (const ResultFileError& error) {
      return std::string(error.what()).substr(path.string().size());
    }
    return std::string(" was opened");
  };
  EXPECT_EQ(refusal(other),
            ": is an HDF5 file, but not a result of lantian; or the file was damaged "
            "or changed after it was written");
  EXPECT_EQ(refusal(folder.path() / "none.h5"),
            ": cannot open: No such file or directory (errno 2)");
  EXPECT_EQ(refusal(folder.path()), ": is not an HDF5 file, so not a result of lantian");
}

TEST_F(Damage, aside_says_which_names_it_does_not_have) {
  const ResultFile file(path_);
  const auto complaint = [&](const auto& act) {
    try {
      act();
    } catch (const ResultFileError& error) {
      return std::string(error.what()).substr(path_.string().size() + 2);
    }
    return std::string("none");
  };
  EXPECT_EQ(complaint([&] { file.layout("slips"); }),
            "has no scenario 'slips'; it has baseline, as-planned");
  EXPECT_EQ(complaint([&] { file.read("baseline", "SO2"); }), "baseline has no variable 'SO2'");
  EXPECT_EQ(complaint([&] { file.read_array("baseline", "x"); }), "baseline has no array 'x'");
  EXPECT_EQ(complaint([&] { file.read("baseline", "NOx", {8, 3}); }),
            "has replications 0 to 9, not 8 to 10");
}

} // namespace
} // namespace lantian
