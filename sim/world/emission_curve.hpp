#pragma once

// What some sources emit over a time, exactly. While a replication runs, EmissionPieces takes the
// pieces in which one source emits at a constant rate or at one that is a polynomial of time. At
// its end an EmissionCurve adds them up, once:
//
//   for each time at which a piece ends or begins, in order:
//     the rate until the next such time is the sum of the pieces that are open
//
// Constant rates add up in a tree over lanes: a piece takes the first free lane and clears it at
// its end. So a change costs the logarithm of the number of open pieces, leaves no residue, and
// the sum does not depend on the order in which pieces came. Pieces that move are added one by one.

#include "world/polynomial.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lantian {

class EmissionPieces {
public:
  static constexpr std::uint32_t kStraight = static_cast<std::uint32_t>(-1);

  struct Piece {
    double begin = 0; //!< [s]
    double end = 0;   //!< [s]
    double rate = 0;  //!< [amount per second]; of one that does not move
    std::uint32_t source = 0;
    std::uint32_t shape = kStraight; //!< of one that does
  };

  //! A source emits at `rate` [amount per second] over [begin, end) [s].
  void add(std::size_t source, double begin, double end, double rate);
  //! The same at a rate that moves, a polynomial of a degree below Polynomial::kTerms - 1.
  void add(std::size_t source, double begin, double end, const Polynomial& rate);

  //! By their beginnings and then by source; those of one source in the order in which they came.
  void sort();
  const std::vector<Piece>& pieces() const { return pieces_; }
  const Polynomial& shape(const Piece& piece) const { return shapes_[piece.shape]; }

private:
  std::vector<Piece> pieces_;
  std::vector<Polynomial> shapes_;
};

class EmissionCurve {
public:
  //! Adds up the pieces, all of which lie within [0, length].
  EmissionCurve(EmissionPieces pieces, double length);

  double length() const { return length_; }
  //! What is emitted over the whole of it.
  double total() const { return emitted(stretches() - 1, length_); }

  //! Stretches without a corner; they follow one another from 0 to length.
  std::size_t stretches() const { return stretches_.size(); }
  double end(std::size_t i) const {
    return i + 1 < stretches_.size() ? stretches_[i + 1].begin : length_;
  }
  bool is_constant(std::size_t i) const { return stretches_[i].shape == EmissionPieces::kStraight; }
  //! What is emitted from 0 to `t`, in stretch i.
  double emitted(std::size_t i, double t) const { return stretches_[i].before + within(i, t); }
  //! The rate from `a` to `b` [amount per second], within stretch i.
  Polynomial rate(std::size_t i, double a, double b) const;

private:
  struct Stretch {
    double begin = 0;
    double before = 0; //!< emitted from 0 to `begin`
    double rate = 0;
    std::uint32_t shape = EmissionPieces::kStraight;
  };
  void append(double begin, double rate, std::uint32_t shape);
  double within(std::size_t i, double t) const;
  void add_up();

  double length_;
  std::vector<Stretch> stretches_;
  std::vector<Polynomial> shapes_; //!< rates
  std::vector<Polynomial> grown_;  //!< their integrals
};

} // namespace lantian
