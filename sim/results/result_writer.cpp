#include "results/result_writer.hpp"

#include <chrono>
#include <ctime>
#include <set>
#include <stdexcept>
#include <system_error>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "ensemble/require.hpp"
#include "results/attributes.hpp"
#include "results/block_queue.hpp"
#include "results/checks.hpp"
#include "results/datasets.hpp"
#include "results/errors.hpp"
#include "results/output_file.hpp"
#include "results/posix_driver.hpp"
#include "results/result_file.hpp"
#include "results/result_format.hpp"
#include "results/scenario_group.hpp"

namespace lantian {
namespace {

constexpr std::size_t kWaitingBlocks = 2;

std::string now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

std::vector<std::string> scenario_names(const std::vector<Layout>& layouts) {
  std::vector<std::string> names;
  std::set<std::string> distinct = {kInputsGroup, kRuntimeGroup};
  for (const Layout& layout : layouts) {
    names.push_back(layout.scenario());
    require(distinct.insert(layout.scenario()).second,
            fmt::format("the scenario name {} is reserved or stands twice", layout.scenario()));
  }
  return names;
}

void write_root(hid_t root, const RunRecord& record, const std::vector<Layout>& layouts) {
  const std::int32_t version[] = {kFormatMajor, kFormatMinor};
  hdf5::put(root, {"Conventions", kConventions});
  hdf5::put(root, {"filetype", kFileType});
  hdf5::put_numbers(root, "format_version", version);
  hdf5::put(root, {"program", std::string("lantian")});
  hdf5::put(root, {"program_version", record.program_version});
  hdf5::put(root, {"program_commit", record.program_commit});
  hdf5::put(root, {"build_fingerprint", record.build_fingerprint});
  hdf5::put(root, {"date", record.date.empty() ? now() : record.date});
  hdf5::put(root, {"seed", record.seed});
  hdf5::put(root, {"random_scheme", record.random_scheme});
  hdf5::put(root, {"replications", record.replications()});
  hdf5::put(root, {"parameter_draws", record.parameter_draws});
  hdf5::put(root, {"chance_draws", record.chance_draws});
  hdf5::put(root, {"scenarios", scenario_names(layouts)});
  for (const Attribute& attribute : record.further) {
    hdf5::put(root, attribute);
  }
}

// Each input is a dimension of its own bytes, so that netCDF readers need no made-up dimensions.
void write_inputs(hid_t root, const std::vector<InputFile>& inputs) {
  const hdf5::Group top = hdf5::create_group(root, kInputsGroup);
  for (const InputFile& input : inputs) {
    write_input(top.id(), input);
  }
}

} // namespace

// All that is open while a file is written. The order of members is the order of opening.
class ResultWriter::File {
public:
  File(std::filesystem::path path, const RunRecord& record, std::vector<Layout> layouts,
       const WriterOptions& options)
      : output_(std::move(path), options.overwrite), threads_(options.threads),
        spent_(options.spent), stop_(options.stop) {
    const hdf5::Quiet quiet;
    guarded([&] { create(record, std::move(layouts), options); });
    queue_ = std::make_unique<BlockQueue>([this](Block block) { take(std::move(block)); },
                                          kWaitingBlocks);
  }

  // What is still in libhdf5's caches is not worth writing any more.
  ~File() {
    const hdf5::Quiet quiet;
    queue_.reset();
    if (health_.error == 0) {
      health_.error = ECANCELED;
    }
  }

  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void push(Block block) {
    require(block.scenario < groups_.size(), "a block of a scenario that was not announced");
    queue_->push(std::move(block));
  }

  void write(const RunningStatistics& statistics) {
    const hdf5::Quiet quiet;
    guarded([&] {
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        groups_[g].write(statistics.scenarios()[g], statistics.replications());
      }
    });
  }

  void finish(const std::vector<Attribute>& runtime, const std::stop_token& stop) {
    const hdf5::Quiet quiet;
    queue_->drain();
    for (const ScenarioGroup& group : groups_) {
      require(group.is_complete(),
              fmt::format("replications of {} are missing", group.layout().scenario()));
    }
    guarded([&] { complete(runtime, stop); });
    require_running(stop);
    add_checks();
    output_.synchronise();
    verify(stop);
    require_running(stop);
    output_.commit();
  }

private:
  // Runs one step and turns what libhdf5 or the disk says into an OutputError.
  template <class Step> void guarded(const Step& step) {
    try {
      step();
    } catch (const hdf5::Failure& failure) {
      require_health();
      throw OutputError(output_.target(), 0, failure.what());
    }
    require_health();
  }

  void require_health() const {
    if (health_.error != 0) {
      throw system_output_error(output_.target(), health_.error, health_.action);
    }
  }

  void require_running(const std::stop_token& stop) const {
    if (stop.stop_requested()) {
      throw OutputInterrupted(output_.target());
    }
  }

  void create(const RunRecord& record, std::vector<Layout> layouts, const WriterOptions& options) {
    const hdf5::Properties creation = hdf5::group_properties(H5P_FILE_CREATE);
    const hdf5::Properties access = driver_.access(output_.descriptor(), health_);
    file_ = hdf5::File(
        H5Fcreate(output_.temporary().c_str(), H5F_ACC_TRUNC, creation.id(), access.id()),
        "create the file");
    write_root(file_.id(), record, layouts);
    write_inputs(file_.id(), record.inputs);
    const ArraySettings settings{.replications = record.replications(),
                                 .block = options.block,
                                 .deflate = options.deflate,
                                 .statistics_only = options.statistics_only,
                                 .health = &health_,
                                 .filters = &filters_};
    groups_.reserve(layouts.size());
    for (Layout& layout : layouts) {
      groups_.emplace_back(file_.id(), std::move(layout), settings, record.chance_draws);
    }
  }

  void take(Block block) {
    const hdf5::Quiet quiet;
    guarded([&] { groups_[block.scenario].write(block, stop_); });
    require_running(stop_);
    if (spent_ != nullptr) {
      spent_->add(std::move(block));
    }
  }

  void complete(const std::vector<Attribute>& runtime, const std::stop_token& stop) {
    const auto begin = std::chrono::steady_clock::now();
    for (const ScenarioGroup& group : groups_) {
      group.write_statistics(threads_, stop);
      require_running(stop);
      require_health();
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    const hdf5::Group at_runtime = hdf5::create_group(file_.id(), kRuntimeGroup);
    for (const Attribute& attribute : runtime) {
      hdf5::put(at_runtime.id(), attribute);
    }
    hdf5::put(at_runtime.id(), {"seconds_statistics", spent.count()});
    groups_.clear();
    file_.close("close the file");
  }

  void add_checks() const {
    try {
      append_checks(output_.descriptor(), health_.values);
    } catch (const std::system_error& error) {
      throw system_output_error(output_.target(), error.code().value(), error.what());
    }
  }

  // The file as its readers will see it.
  void verify(const std::stop_token& stop) const {
    try {
      ResultFile(output_.temporary()).verify(stop);
    } catch (const ResultFileError& error) {
      throw OutputError(output_.target(), 0,
                        fmt::format("what was written does not read back ({}); see whether the "
                                    "disk is in order",
                                    error.what()));
    }
  }

  OutputFile output_;
  unsigned threads_;
  SpentBlocks* spent_;
  std::stop_token stop_; // while blocks are written
  hdf5::FileHealth health_;
  hdf5::ChunkFilters filters_;
  hdf5::PosixDriver driver_;
  hdf5::File file_;
  std::vector<ScenarioGroup> groups_;
  std::unique_ptr<BlockQueue> queue_;
};

ResultWriter::ResultWriter(std::filesystem::path path, RunRecord record,
                           std::vector<Layout> layouts, WriterOptions options) {
  require(record.parameter_draws > 0 && record.chance_draws > 0, "there must be replications");
  require(record.replications() <= INT32_MAX, "there are too many replications");
  require(options.block > 0, "a block must have replications");
  scenario_names(layouts);
  check_input_names(record.inputs);
  file_ = std::make_unique<File>(std::move(path), record, std::move(layouts), options);
}

ResultWriter::~ResultWriter() = default;

void ResultWriter::write(Block block) {
  file_->push(std::move(block));
}

void ResultWriter::write(const RunningStatistics& statistics) {
  file_->write(statistics);
}

void ResultWriter::finish(const std::vector<Attribute>& runtime, const std::stop_token& stop) {
  file_->finish(runtime, stop);
}

} // namespace lantian
