#pragma once
//! Reads a result file, and finds out when it was damaged. Opening compares all but the values
//! with the checks at the end of the file (milliseconds); reading values checks their checksums; so
//! damage is an error, never a wrong number. One thread at a time uses an object.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "ensemble/block.hpp"
#include "results/errors.hpp"
#include "results/run_record.hpp"

namespace lantian {

//! Any array of a scenario's group, such as `NOx_mean`.
struct ResultArray {
  std::vector<std::string> dims;
  std::vector<std::size_t> shape;
  std::vector<double> values; //!< the last axis running fastest
};

//! Every member throws ResultFileError if what it needs is missing or damaged.
class ResultFile {
public:
  //! Opens for reading. Throws ResultFileError if the file cannot be read, is not HDF5, not a
  //! result of Lantian, of another major version, cut short or damaged.
  explicit ResultFile(std::filesystem::path path);
  ~ResultFile();
  ResultFile(ResultFile&&) noexcept;
  ResultFile& operator=(ResultFile&&) noexcept;

  const std::filesystem::path& path() const;

  //! Ids of the scenarios, in the order in which they were given.
  const std::vector<std::string>& scenarios() const;
  std::int64_t replications() const;
  std::int64_t chance_draws() const;

  //! Attributes of the root, of the runtime group.
  std::vector<Attribute> attributes() const;
  std::vector<Attribute> runtime() const;

  //! The input files, byte for byte, checked against their SHA-256.
  std::vector<InputFile> inputs() const;

  //! Coordinates, variables and attributes of a scenario.
  const Layout& layout(std::string_view scenario) const;

  //! Whether there are a variable's values in each replication, and not statistics only.
  bool has_values(std::string_view scenario, std::string_view variable) const;

  //! Values of a variable as [replication][...], missing ones NaN. Throws UsageError where the file
  //! has statistics only.
  std::vector<double> read(std::string_view scenario, std::string_view variable,
                           ReplicationRange range) const;

  //! The same for all replications.
  std::vector<double> read(std::string_view scenario, std::string_view variable) const;

  //! Any numeric dataset of the scenario's group, whole.
  ResultArray read_array(std::string_view scenario, std::string_view name) const;

  //! What happened in the replications that keep a log.
  EventLog event_log(std::string_view scenario) const;

  //! Reads everything, so that any damage is found. Returns early if `stop` asks for it.
  void verify(const std::stop_token& stop = {}) const;

private:
  class Content;
  std::unique_ptr<Content> content_;
};

} // namespace lantian
