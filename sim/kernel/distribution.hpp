#pragma once
//! A probability distribution that is sampled by inversion of one uniform number, so that a draw is
//! a monotone function (up to rounding) of its uniform: common random numbers stay common when a
//! parameter changes. A value, cheap to copy. Each factory checks its parameters and throws
//! std::invalid_argument with a sentence that names the parameter and the rule. A spread of zero is
//! allowed and makes a constant.

#include <memory>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "kernel/pert_shape.hpp"

namespace lantian {

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
  //! The normal distribution that has `mean` and `sd` before it is cut off at low and high; either
  //! bound may be infinite.
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
  bool is_constant() const { return low() == high(); }

  //! Each value times a finite factor; a negative one mirrors the distribution, and the quantile
  //! still grows with u.
  Distribution scaled(double factor) const;

private:
  struct Constant {
    double value;

    double quantile(double) const { return value; }
    double mean() const { return value; }
    double low() const { return value; }
    double high() const { return value; }
  };
  struct Uniform {
    double least, greatest;

    double quantile(double u) const;
    double mean() const;
    double low() const { return least; }
    double high() const { return greatest; }
  };
  struct Triangular {
    double least, mode, greatest;

    double quantile(double u) const;
    double mean() const;
    double low() const { return least; }
    double high() const { return greatest; }
  };
  struct Pert {
    double least, mode, greatest;
    std::shared_ptr<const PertShape> shape;

    double quantile(double u) const;
    double mean() const;
    double low() const { return least; }
    double high() const { return greatest; }
  };
  struct Weibull { // the exponential distribution is that of shape 1
    double shape, scale;

    double quantile(double u) const;
    double mean() const;
    double low() const { return 0.0; }
    double high() const;
  };
  struct Lognormal { // mu and sigma of the logarithm
    double mu, sigma;

    double quantile(double u) const;
    double mean() const;
    double low() const { return 0.0; }
    double high() const;
  };
  struct Normal { // cut off at standard deviates from ... to, below which lie p_from, p_to
    double centre, sd, from, to, p_from, p_to;

    double quantile(double u) const;
    double mean() const;
    double low() const { return centre + sd * from; }
    double high() const { return centre + sd * to; }
  };
  struct Points { // ascending values; their cumulative shares, or none if lines join them
    std::vector<double> values, shares;
    double average;
  };
  struct Sample {
    std::shared_ptr<const Points> points;

    double quantile(double u) const;
    double mean() const { return points->average; }
    double low() const { return points->values.front(); }
    double high() const { return points->values.back(); }
  };
  using Family =
      std::variant<Constant, Uniform, Triangular, Pert, Weibull, Lognormal, Normal, Sample>;

  template <class Member> explicit Distribution(Member family) : family_(std::move(family)) {}

  Family family_ = Constant{0.0};
  double factor_ = 1.0;
};

} // namespace lantian
