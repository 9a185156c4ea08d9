#include "scenario/distributions.hpp"

#include <limits>

namespace lantian {

namespace {

std::vector<DistributionSpec> make_specs() {
  constexpr bool kPlain = false;
  return {
      {"pert",
       "Beta distribution between the bounds low and high with the given mode, mean "
       "(low + 4 mode + high) / 6.",
       {{"low"}, {"mode"}, {"high"}},
       {{"low", "mode", "high"}}},
      {"triangular",
       "Triangle between the bounds low and high with the given mode.",
       {{"low"}, {"mode"}, {"high"}},
       {{"low", "mode", "high"}}},
      {"uniform", "Between the bounds low and high.", {{"low"}, {"high"}}, {{"low", "high"}}},
      {"lognormal",
       "By mean and coefficient of variation, or by the 5 % and 95 % quantiles.",
       {{"mean"}, {"cv", kPlain}, {"p5"}, {"p95"}},
       {{"mean", "cv"}, {"p5", "p95"}}},
      {"exponential", "By its mean.", {{"mean"}}, {{"mean"}}},
      {"weibull", "By shape and scale.", {{"shape", kPlain}, {"scale"}}, {{"shape", "scale"}}},
      {"normal",
       "By mean and standard deviation before truncation; cut off at the bounds where given.",
       {{"mean"}, {"sd"}, {"low"}, {"high"}},
       {{"mean", "sd"},
        {"mean", "sd", "low"},
        {"mean", "sd", "high"},
        {"mean", "sd", "low", "high"}}},
      {"discrete",
       "One of the values, with weights that need not add up to 1.",
       {{"values", true, true}, {"weights", kPlain, true}},
       {{"values", "weights"}}},
      {"empirical",
       "Linear between the sorted values, given here or in a column of a CSV file.",
       {{"values", true, true}},
       {{"values"}}},
  };
}

double one(const DistributionArguments& arguments, std::string_view name, double otherwise = 0) {
  const auto found = arguments.find(name);
  return found == arguments.end() ? otherwise : found->second.front();
}

Distribution make_normal(const DistributionArguments& a) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (a.count("low") == 0 && a.count("high") == 0) {
    return Distribution::normal(one(a, "mean"), one(a, "sd"));
  }
  return Distribution::truncated_normal(one(a, "mean"), one(a, "sd"), one(a, "low", -kInfinity),
                                        one(a, "high", kInfinity));
}

} // namespace

const std::vector<DistributionSpec>& distribution_specs() {
  static const std::vector<DistributionSpec> specs = make_specs();
  return specs;
}

const DistributionSpec* find_distribution(std::string_view name) {
  for (const DistributionSpec& spec : distribution_specs()) {
    if (spec.name == name) {
      return &spec;
    }
  }
  return nullptr;
}

std::vector<std::string> distribution_names() {
  std::vector<std::string> names;
  for (const DistributionSpec& spec : distribution_specs()) {
    names.emplace_back(spec.name);
  }
  return names;
}

Distribution make_distribution(std::string_view name, const DistributionArguments& a) {
  if (name == "pert") {
    return Distribution::pert(one(a, "low"), one(a, "mode"), one(a, "high"));
  }
  if (name == "triangular") {
    return Distribution::triangular(one(a, "low"), one(a, "mode"), one(a, "high"));
  }
  if (name == "uniform") {
    return Distribution::uniform(one(a, "low"), one(a, "high"));
  }
  if (name == "lognormal") {
    return a.count("mean") > 0 ? Distribution::lognormal(one(a, "mean"), one(a, "cv"))
                               : Distribution::lognormal_quantiles(one(a, "p5"), one(a, "p95"));
  }
  if (name == "exponential") {
    return Distribution::exponential(one(a, "mean"));
  }
  if (name == "weibull") {
    return Distribution::weibull(one(a, "shape"), one(a, "scale"));
  }
  if (name == "normal") {
    return make_normal(a);
  }
  if (name == "discrete") {
    return Distribution::discrete(a.at("values"), a.at("weights"));
  }
  return Distribution::empirical(a.at("values"));
}

} // namespace lantian
