#pragma once
//! What writer and reader agree on about the root of a result file.

#include <string>
#include <vector>

#include "hdf5/handles.hpp"
#include "results/run_record.hpp"

namespace lantian {

inline constexpr char kConventions[] = "CF-1.8";
inline constexpr char kFileType[] = "lantian result";
inline constexpr int kFormatMajor = 1; //!< readers refuse another
inline constexpr int kFormatMinor = 1; //!< grows with additions that old readers may ignore
inline constexpr char kInputsGroup[] = "inputs";
inline constexpr char kRuntimeGroup[] = "runtime";

//! Attribute of a scenario's group that says what else than values it has.
inline constexpr char kContentAttribute[] = "content";
inline constexpr char kStatisticsContent[] = "statistics"; //!< statistics only

//! Of statistics only: the numbers of replications, and the axis of flags that they are along.
inline constexpr char kNumberSuffix[] = "_number";
inline constexpr char kMeaningSuffix[] = "_meaning";

//! Throws std::invalid_argument unless the names are distinct relative paths without `.` or `..`.
void check_input_names(const std::vector<InputFile>& inputs);

//! Writes one input below the group of inputs; its folders become groups.
void write_input(hid_t inputs, const InputFile& input);

//! Reads all inputs below a group. Throws hdf5::Failure if one does not match its SHA-256.
std::vector<InputFile> read_inputs(hid_t group, const std::string& folder = "");

} // namespace lantian
