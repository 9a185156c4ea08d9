#pragma once
//! A small run whose every number can be told by hand, for the tests of result files.
//!
//! Two scenarios, `baseline` without measures and `as-planned` with two; three months from
//! 2024-01-01; ten replications (five parameter draws of two chance draws). Position p of variable
//! v holds 100 v + p + r / 2 in replication r, except for dates (see sample_block) and flags.

#include <filesystem>
#include <string>
#include <vector>

#include "ensemble/block.hpp"
#include "results/result_writer.hpp"

namespace lantian::sample {

inline constexpr std::int64_t kReplications = 10;
inline constexpr std::size_t kNOx = 0;         //!< NOx(account, time) [t], with statistics
inline constexpr std::size_t kNOxByZone = 1;   //!< NOx_by_zone(zone, time) [t]
inline constexpr std::size_t kMeasureDate = 2; //!< measure_date(measure, milestone)
inline constexpr std::size_t kTargetMet = 3;   //!< target_met(target), flags
inline constexpr std::size_t kCost = 4;        //!< capital [CNY], one number, with statistics

Layout layout(const std::string& scenario, const std::vector<std::string>& measures);
std::vector<Layout> layouts();
RunRecord record();

//! The values of a variable in one replication.
std::vector<double> values(const Layout& layout, std::size_t variable, std::int64_t replication);

//! Works of the first measure are done on 2025-06-01 plus r days, those of others never; the
//! first two replications keep a log of two rows each.
Block block(const Layout& layout, std::size_t scenario, std::int64_t first, std::int64_t count);

//! Writes all blocks, four replications each, and finishes.
void write_all(ResultWriter& writer, std::int64_t length = 4);

//! The whole file.
void write(const std::filesystem::path& path, WriterOptions options = {.block = 4});

} // namespace lantian::sample
