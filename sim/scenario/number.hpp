#pragma once

// A Number is how the scenario states a quantity: a fixed amount, or a small expression of
// products, quotients and mixes of parameters, or (in a chance field) a distribution that is
// sampled at each use.
//
//   "35 mg/m3"   "35 mg/m3 * @ule-ratio"   { mix = { from = …, to = …, share = … } }
//   { pert = { low = "2 month", mode = "3 month", high = "6 month" } }   (… , times = "@factor")
//
// Values are in the base units of units.hpp. In a parameter field a distribution becomes an
// anonymous Parameter named by its key path; in a chance field it stays in the Number. Copies are
// cheap (shared, immutable); a fixed Number costs one branch to evaluate.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernel/distribution.hpp"
#include "scenario/table.hpp"
#include "scenario/units.hpp"

namespace lantian {

//! Least and greatest value that something can take; may be infinite.
struct Bounds {
  double low = 0;
  double high = 0;
};

class Number {
public:
  //! Zero.
  Number() = default;
  //! A fixed value [base units].
  static Number constant(double value, Dimension dimension = {});
  //! The value of a parameter.
  static Number parameter(Index parameter, Dimension dimension);
  //! The same, where the index is known only after all is read: it is looked up in the slot.
  static Number parameter(std::shared_ptr<const Index> slot, Dimension dimension);
  //! A distribution [base units] sampled at each use.
  static Number chance(const Distribution& distribution, Dimension dimension);
  //! from + (to - from) x share. None may hold chance.
  static Number mix(const Number& from, const Number& to, const Number& share);
  //! At most one of the two may hold chance; a divisor may not.
  friend Number operator*(const Number& a, const Number& b);
  friend Number operator/(const Number& a, const Number& b);

  Dimension dimension() const { return dimension_; }
  //! True when neither a parameter nor chance is in it.
  bool is_constant() const { return uncertain_ == nullptr; }
  //! True when it is drawn anew at each use.
  bool is_chance() const { return distribution() != nullptr; }
  //! True when a parameter is in it.
  bool has_parameters() const { return expression() != nullptr; }
  //! The distribution of a chance number, to be multiplied by `scale`; of others null.
  const Distribution* distribution() const {
    return uncertain_ == nullptr ? nullptr : uncertain_->distribution.get();
  }
  //! The parameter part: the value itself, or what multiplies the distribution of a chance number.
  double scale(std::span<const double> parameters) const;
  //! The value given the parameters; of a chance number, its mean.
  double value(std::span<const double> parameters) const;
  //! The value at the uniform draw u in (0, 1); a number without chance does not depend on u.
  double sample(std::span<const double> parameters, double u) const;
  //! What it can come to, given what each parameter can come to (interval arithmetic).
  Bounds bounds(std::span<const Bounds> parameters) const;
  //! Parameters in it, ascending and each once.
  std::vector<Index> parameters() const;

  struct Node; //!< of the expression; private to number.cpp

private:
  // Apart, for a large inventory holds millions of numbers, nearly all of them constant.
  struct Uncertain {
    std::shared_ptr<const Node> expression;
    std::shared_ptr<const Distribution> distribution;
  };

  const Node* expression() const {
    return uncertain_ == nullptr ? nullptr : uncertain_->expression.get();
  }
  std::shared_ptr<const Node> node() const;
  static Number of(std::shared_ptr<const Node> node, Dimension dimension);
  static Number combined(const Number& a, const Number& b, bool divide);

  double constant_ = 0;
  Dimension dimension_;
  std::shared_ptr<const Uncertain> uncertain_;
};

//! An uncertain or shared quantity, drawn once per parameter draw and met by all who refer to it.
struct Parameter {
  std::string id; //!< of [parameters.ID], or the key path where a distribution is written
  std::string name;
  Number value;     //!< may hold chance (its distribution) and refer to other parameters
  std::string unit; //!< base unit of its values
  std::string source;
  std::string confidence; //!< sourced | textbook | derived | assumption
  std::string basis;
  Bounds bounds;            //!< what it can come to [base units]
  Index rank = 0;           //!< place in the order of evaluation: after all those it refers to
  std::string distribution; //!< as it is written in TOML; "" where it is not uncertain by itself
  std::string written_at;   //!< file and line of that

  //! True when it is drawn, and not fixed or made of others alone.
  bool is_uncertain() const { return value.is_chance() && !value.distribution()->is_constant(); }
};

//! The order in which to evaluate: each parameter after those it refers to.
std::vector<Index> evaluation_order(const Table<Parameter>& parameters);

//! Draws all parameters; `uniform(id)` gives the u in (0, 1) of the parameter with that id.
template <class Uniform>
std::vector<double> draw_parameters(const Table<Parameter>& parameters, Uniform&& uniform) {
  std::vector<double> values(parameters.size(), 0.0);
  for (const Index i : evaluation_order(parameters)) {
    const Parameter& parameter = parameters[i];
    const double u = parameter.value.is_chance() ? uniform(parameter.id) : 0.5;
    values[i] = parameter.value.sample(values, u);
  }
  return values;
}

} // namespace lantian
