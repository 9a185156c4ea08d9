#include "results/result_file.hpp"

#include <algorithm>
#include <cerrno>
#include <map>
#include <new>
#include <optional>
#include <system_error>
#include <type_traits>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/attributes.hpp"
#include "results/checks.hpp"
#include "results/chunks.hpp"
#include "results/datasets.hpp"
#include "results/file_bytes.hpp"
#include "results/layout_reader.hpp"
#include "results/posix_driver.hpp"
#include "results/result_format.hpp"
#include "scenario/diagnostics.hpp"

namespace lantian {
namespace {

constexpr char kDamaged[] = "the file was damaged or changed after it was written";

Descriptor open_to_read(const std::filesystem::path& path) {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    throw ResultFileError(path, fmt::format("cannot open: {} (errno {})",
                                            std::generic_category().message(errno), errno));
  }
  return file;
}

// At most so many of the first bytes.
std::string first_bytes(const Descriptor& file, std::size_t most) {
  std::string bytes(most, '\0');
  const ssize_t count = pread(file.number(), bytes.data(), bytes.size(), 0);
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return bytes;
}

bool is_hdf5(const Descriptor& file) {
  return first_bytes(file, 8) == "\x89HDF\r\n\x1a\n";
}

// Whether it once was a result: libhdf5 is not asked, for it crashes on some damaged files.
bool names_its_type(const Descriptor& file) {
  constexpr std::size_t kSomewhereIn = 1 << 20; // the attributes of the root come first
  return first_bytes(file, kSomewhereIn).find(kFileType) != std::string::npos;
}

struct OpenScenario {
  hdf5::Group group;
  std::optional<Layout> layout;
};

} // namespace

class ResultFile::Content {
public:
  explicit Content(std::filesystem::path path)
      : path_(std::move(path)), descriptor_(open_to_read(path_)) {
    if (!is_hdf5(descriptor_)) {
      fail("is not an HDF5 file, so not a result of lantian");
    }
    require_sound();
    guarded([&] { open_file(); });
    guarded([&] { read_root(); });
  }

  const std::filesystem::path& path() const { return path_; }
  const std::vector<std::string>& scenarios() const { return scenarios_; }
  std::int64_t replications() const { return replications_; }
  std::int64_t chance_draws() const { return chance_draws_; }
  hid_t file() const { return file_.id(); }

  [[noreturn]] void fail(const std::string& reason) const { throw ResultFileError(path_, reason); }

  // Runs one step, silently, and turns what libhdf5 says into a ResultFileError. A file that
  // contradicts itself (std::exception: impossible sizes, names, ...) is damaged too.
  template <class Step> std::invoke_result_t<Step> guarded(const Step& step) const {
    const hdf5::Quiet quiet;
    try {
      return step();
    } catch (const ResultFileError&) {
      throw;
    } catch (const std::bad_alloc&) {
      fail("is damaged, or there is too little memory to read it");
    } catch (const std::exception& failure) {
      if (health_.error != 0) {
        fail(fmt::format("cannot read: {} (errno {})",
                         std::generic_category().message(health_.error), health_.error));
      }
      fail(fmt::format("{} ({})", kDamaged, failure.what()));
    }
  }

  // The scenario, its texts and coordinates checked.
  OpenScenario& scenario(std::string_view name) {
    const auto found = opened_.find(name);
    if (found != opened_.end()) {
      return found->second;
    }
    if (std::ranges::find(scenarios_, name) == scenarios_.end()) {
      fail(fmt::format("has no scenario '{}'; it has {}", name, fmt::join(scenarios_, ", ")));
    }
    const std::string id(name);
    OpenScenario scenario{{H5Gopen2(file_.id(), id.c_str(), H5P_DEFAULT), "open " + id}, {}};
    scenario.layout = read_layout(scenario.group.id(), id);
    return opened_.emplace(id, std::move(scenario)).first->second;
  }

  bool has(std::string_view scenario_name, std::string_view name) {
    const std::string id(name);
    return H5Lexists(scenario(scenario_name).group.id(), id.c_str(), H5P_DEFAULT) > 0;
  }

  ResultArray read_array(std::string_view scenario_name, std::string_view name) {
    const OpenScenario& at = scenario(scenario_name);
    const std::string id(name);
    if (!has(scenario_name, name)) {
      fail(fmt::format("{} has no array '{}'", scenario_name, name));
    }
    const hdf5::Dataset dataset = hdf5::open_dataset(at.group.id(), id);
    const std::vector<hsize_t> shape = hdf5::shape(dataset);
    ResultArray array{hdf5::dimensions(dataset), {shape.begin(), shape.end()}, {}};
    std::size_t size = 1;
    for (const hsize_t length : shape) {
      if (__builtin_mul_overflow(size, length, &size)) {
        throw hdf5::Failure("read " + id + ": impossible axes");
      }
    }
    array.values.resize(size);
    if (size > 0) {
      hdf5::read_box(dataset, std::vector<hsize_t>(shape.size(), 0), shape, H5T_NATIVE_DOUBLE,
                     array.values.data());
    }
    return array;
  }

  std::vector<double> read(std::string_view scenario_name, std::string_view variable,
                           ReplicationRange range) {
    const OpenScenario& at = scenario(scenario_name);
    const std::optional<std::size_t> index = at.layout->find(variable);
    if (!index) {
      fail(fmt::format("{} has no variable '{}'", scenario_name, variable));
    }
    if (range.first < 0 || range.count < 0 || range.count > replications_ - range.first) {
      fail(fmt::format("has replications 0 to {}, not {} to {}", replications_ - 1, range.first,
                       range.first + range.count - 1));
    }
    const Variable& wanted = at.layout->variables()[*index];
    std::vector<double> values(static_cast<std::size_t>(range.count) * wanted.size);
    if (!values.empty()) {
      std::vector<hsize_t> start(wanted.shape.size() + 1, 0);
      std::vector<hsize_t> count = {static_cast<hsize_t>(range.count)};
      start[0] = static_cast<hsize_t>(range.first);
      count.insert(count.end(), wanted.shape.begin(), wanted.shape.end());
      hdf5::read_box(hdf5::open_dataset(at.group.id(), wanted.name), start, count,
                     H5T_NATIVE_DOUBLE, values.data());
    }
    return values;
  }

  // The values; all else was checked when the file was opened, before libhdf5 read it.
  void verify_values(const std::string& scenario, const std::stop_token& stop) const {
    const hdf5::Group group(H5Gopen2(file_.id(), scenario.c_str(), H5P_DEFAULT),
                            "open " + scenario);
    for (const std::string& name : hdf5::members(group.id())) {
      if (stop.stop_requested()) {
        return;
      }
      if (name == "log") { // has no values of replications
        continue;
      }
      const hdf5::Dataset dataset = hdf5::open_dataset(group.id(), name);
      if (hdf5::is_checksummed(dataset)) {
        hdf5::verify_chunks(dataset);
      }
    }
  }

private:
  // Nothing is believed, and nothing given to libhdf5, before all of it matches its checks.
  void require_sound() const {
    const Soundness soundness = guarded([&] { return compare_with_checks(descriptor_.number()); });
    if (soundness == Soundness::damaged) {
      fail(kDamaged);
    }
    if (soundness == Soundness::without_checks) {
      fail(names_its_type(descriptor_)
               ? fmt::format("{}: it lacks the checks at its end", kDamaged)
               : fmt::format("is an HDF5 file, but not a result of lantian; or {}", kDamaged));
    }
  }

  void open_file() {
    const hdf5::Properties access = driver_.access(descriptor_.number(), health_);
    file_ = hdf5::File(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, access.id()), "open the file");
  }

  void read_root() {
    if (hdf5::text(file_.id(), "filetype") != kFileType) {
      fail("is an HDF5 file, but not a result of lantian");
    }
    const std::vector<std::int64_t> version = hdf5::integers(file_.id(), "format_version");
    if (version.size() != 2 || version[0] != kFormatMajor) {
      fail(fmt::format("has format version {}; this program reads version {}: use the version of "
                       "lantian that wrote it",
                       fmt::join(version, "."), kFormatMajor));
    }
    scenarios_ = hdf5::texts(file_.id(), "scenarios");
    replications_ = hdf5::integers(file_.id(), "replications").at(0);
    chance_draws_ = hdf5::integers(file_.id(), "chance_draws").at(0);
  }

  std::filesystem::path path_;
  Descriptor descriptor_;
  mutable hdf5::FileHealth health_;
  hdf5::PosixDriver driver_;
  hdf5::File file_;
  std::vector<std::string> scenarios_;
  std::int64_t replications_ = 0;
  std::int64_t chance_draws_ = 1;
  std::map<std::string, OpenScenario, std::less<>> opened_;
};

ResultFile::ResultFile(std::filesystem::path path)
    : content_(std::make_unique<Content>(std::move(path))) {}
ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;
ResultFile& ResultFile::operator=(ResultFile&&) noexcept = default;

const std::filesystem::path& ResultFile::path() const {
  return content_->path();
}
const std::vector<std::string>& ResultFile::scenarios() const {
  return content_->scenarios();
}
std::int64_t ResultFile::replications() const {
  return content_->replications();
}
std::int64_t ResultFile::chance_draws() const {
  return content_->chance_draws();
}

std::vector<Attribute> ResultFile::attributes() const {
  return content_->guarded([&] { return hdf5::attributes(content_->file()); });
}

std::vector<Attribute> ResultFile::runtime() const {
  return content_->guarded([&] {
    const hdf5::Group group(H5Gopen2(content_->file(), kRuntimeGroup, H5P_DEFAULT), "open runtime");
    return hdf5::attributes(group.id());
  });
}

std::vector<InputFile> ResultFile::inputs() const {
  return content_->guarded([&] {
    const hdf5::Group group(H5Gopen2(content_->file(), kInputsGroup, H5P_DEFAULT), "open inputs");
    return read_inputs(group.id());
  });
}

const Layout& ResultFile::layout(std::string_view scenario) const {
  return *content_->guarded([&] { return &*content_->scenario(scenario).layout; });
}

bool ResultFile::has_values(std::string_view scenario, std::string_view variable) const {
  return content_->guarded([&] { return content_->has(scenario, variable); });
}

std::vector<double> ResultFile::read(std::string_view scenario, std::string_view variable,
                                     ReplicationRange range) const {
  if (layout(scenario).find(variable) && !has_values(scenario, variable)) {
    throw UsageError(fmt::format("{} has statistics of {} only, and not its values in each "
                                 "replication: run it without --statistics-only",
                                 path().string(), variable));
  }
  return content_->guarded([&] { return content_->read(scenario, variable, range); });
}

std::vector<double> ResultFile::read(std::string_view scenario, std::string_view variable) const {
  return read(scenario, variable, {0, replications()});
}

ResultArray ResultFile::read_array(std::string_view scenario, std::string_view name) const {
  return content_->guarded([&] { return content_->read_array(scenario, name); });
}

EventLog ResultFile::event_log(std::string_view scenario) const {
  return content_->guarded([&] {
    const hdf5::Group group(H5Gopen2(content_->scenario(scenario).group.id(), "log", H5P_DEFAULT),
                            "open the log");
    const auto column = [&](const char* name) { return hdf5::open_dataset(group.id(), name); };
    EventLog log;
    for (const std::int64_t replication : hdf5::read_integers(column("replication"))) {
      log.replication.push_back(static_cast<std::int32_t>(replication));
    }
    for (const std::int64_t seconds : hdf5::read_integers(column("time"))) {
      log.time.push_back(Time{Duration{seconds}});
    }
    log.measure = hdf5::read_texts(column("measure"));
    log.event = hdf5::read_texts(column("event"));
    log.detail = hdf5::read_texts(column("detail"));
    return log;
  });
}

void ResultFile::verify(const std::stop_token& stop) const {
  inputs();
  for (const std::string& name : scenarios()) {
    content_->guarded([&] { content_->verify_values(name, stop); });
  }
}

} // namespace lantian
