#pragma once
//! A probability distribution that is sampled by inversion of one uniform number, so that a draw is
//! a monotone function (up to rounding) of its uniform: common random numbers stay common when a
//! parameter changes. A value, cheap to copy. Each factory checks its parameters and throws
//! std::invalid_argument with a sentence that names the parameter and the rule.

#include <memory>
#include <span>
#include <variant>
#include <vector>

namespace lantian {

class PertShape;

class Distribution {
public:
  //! Always zero.
  Distribution() = default;

  static Distribution constant(double value);
  static Distribution uniform(double low, double high);
  static Distribution triangular(double low, double mode, double high);
  //! The beta distribution on low ... high with mean (low + 4 mode + high) / 6.
  static Distribution pert(double low, double mode, double high);
  static Distribution exponential(double mean);
  static Distribution weibull(double shape, double scale);
  //! By its mean and its coefficient of variation.
  static Distribution lognormal(double mean, double cv);
  //! By its 5 % and 95 % quantiles.
  static Distribution lognormal_quantiles(double p5, double p95);
  static Distribution normal(double mean, double sd);
  //! The normal distribution with `mean` and `sd` *before* it is cut off at low and high; one of
  //! the bounds may be infinite.
  static Distribution truncated_normal(double mean, double sd, double low, double high);
  //! Values with weights that need not add up to 1.
  static Distribution discrete(std::span<const double> values, std::span<const double> weights);
  //! Linear between the sorted values, the lowest at u = 0 and the highest at u = 1.
  static Distribution empirical(std::span<const double> values);

  //! The value that is not exceeded with probability u, 0 < u < 1.
  double quantile(double u) const;
  double mean() const;
  //! The ends of the support, possibly infinite.
  double low() const;
  double high() const;
  bool is_constant() const;

  //! Each value times a finite factor; a negative one mirrors the distribution, and the quantile
  //! still grows with u.
  Distribution scaled(double factor) const;

private:
  struct Constant {
    double value = 0.0;
  };
  struct Uniform {
    double low, high;
  };
  struct Triangular {
    double low, mode, high;
  };
  struct Pert {
    double low, mode, high;
    std::shared_ptr<const PertShape> shape;
  };
  struct Weibull { // the exponential distribution has shape 1
    double shape, scale;
  };
  struct Lognormal { // of the logarithm
    double mu, sigma;
  };
  struct Normal { // p_low, p_high: the untruncated probabilities below low and below high
    double mean, sd, low, high;
  };
  struct Points { // cumulative share of each value; empty if they are joined by lines
    std::vector<double> values;
    std::vector<double> cumulative;
  };
  using Family = std::variant<Constant, Uniform, Triangular, Pert, Weibull, Lognormal, Normal,
                              std::shared_ptr<const Points>>;

  explicit Distribution(Family family) : family_(std::move(family)) {}
  struct Quantile;
  struct Mean;
  struct Support;

  Family family_;
  double factor_ = 1.0;
};

} // namespace lantian
