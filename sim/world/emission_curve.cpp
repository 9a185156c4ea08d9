#include "world/emission_curve.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <queue>
#include <utility>

namespace lantian {

void EmissionPieces::add(std::size_t source, double begin, double end, double rate) {
  if (rate != 0 && begin < end)
    pieces_.push_back({begin, end, rate, static_cast<std::uint32_t>(source), kStraight});
}

void EmissionPieces::add(std::size_t source, double begin, double end, const Polynomial& rate) {
  if (begin >= end)
    return;
  pieces_.push_back({begin, end, 0, static_cast<std::uint32_t>(source),
                     static_cast<std::uint32_t>(shapes_.size())});
  shapes_.push_back(rate);
}

void EmissionPieces::sort() {
  std::stable_sort(pieces_.begin(), pieces_.end(), [](const Piece& a, const Piece& b) {
    return a.begin < b.begin || (a.begin == b.begin && a.source < b.source);
  });
}

namespace {

//! A sum of numbers in lanes, by a fixed tree: lanes that are cleared leave nothing behind.
class LaneSum {
public:
  explicit LaneSum(std::size_t lanes) : first_(std::bit_ceil(std::max<std::size_t>(lanes, 1))) {
    nodes_.resize(2 * first_);
  }
  void set(std::size_t lane, double value) {
    std::size_t node = first_ + lane;
    nodes_[node] = value;
    for (node /= 2; node > 0; node /= 2)
      nodes_[node] = nodes_[2 * node] + nodes_[2 * node + 1];
  }
  double sum() const { return nodes_[1]; }

private:
  std::size_t first_;
  std::vector<double> nodes_;
};

//! The pieces in the order of their ends, ties as they are sorted.
std::vector<std::size_t> by_end(const std::vector<EmissionPieces::Piece>& pieces) {
  std::vector<std::size_t> order(pieces.size());
  for (std::size_t k = 0; k < order.size(); ++k)
    order[k] = k;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(pieces[a].end, a) < std::pair(pieces[b].end, b);
  });
  return order;
}

//! How many are open at the same time, at most.
std::size_t most_open(const std::vector<EmissionPieces::Piece>& pieces,
                      const std::vector<std::size_t>& ends) {
  std::size_t most = 0;
  std::size_t ended = 0;
  for (std::size_t begun = 0; begun < pieces.size(); ++begun) {
    while (pieces[ends[ended]].end <= pieces[begun].begin)
      ++ended;
    most = std::max(most, begun + 1 - ended);
  }
  return most;
}

//! Goes through the pieces in time and knows which are open.
class PieceSum {
public:
  explicit PieceSum(const EmissionPieces& pieces)
      : source_(pieces), pieces_(pieces.pieces()), ends_(by_end(pieces_)), lanes_(pieces_.size()),
        sum_(most_open(pieces_, ends_)) {}

  //! The next time at which a piece begins or ends, and `end` after the last.
  double next(double end) const {
    if (begun_ < pieces_.size())
      end = std::min(end, pieces_[begun_].begin);
    if (ended_ < pieces_.size())
      end = std::min(end, pieces_[ends_[ended_]].end);
    return end;
  }

  //! Closes what ends by `t` and opens what begins then.
  void go_to(double t) {
    for (; ended_ < begun_ && pieces_[ends_[ended_]].end <= t; ++ended_)
      close(ends_[ended_]);
    for (; begun_ < pieces_.size() && pieces_[begun_].begin <= t; ++begun_)
      open(begun_);
  }

  bool moves() const { return !moving_.empty(); }
  double constant() const { return sum_.sum(); }
  //! The rate from `a` to `b`, between which nothing begins or ends.
  Polynomial rate(double a, double b) const {
    Polynomial rate(constant());
    for (const std::size_t k : moving_) {
      const double length = pieces_[k].end - pieces_[k].begin;
      rate += source_.shape(pieces_[k])
                  .part((a - pieces_[k].begin) / length, (b - pieces_[k].begin) / length);
    }
    return rate;
  }

private:
  void open(std::size_t k) {
    if (pieces_[k].shape != EmissionPieces::kStraight) {
      moving_.push_back(k);
      return;
    }
    if (free_.empty()) {
      lanes_[k] = used_++;
    } else {
      lanes_[k] = free_.top();
      free_.pop();
    }
    sum_.set(lanes_[k], pieces_[k].rate);
  }
  void close(std::size_t k) {
    if (pieces_[k].shape != EmissionPieces::kStraight) {
      std::erase(moving_, k);
      return;
    }
    sum_.set(lanes_[k], 0);
    free_.push(lanes_[k]);
  }

  const EmissionPieces& source_;
  const std::vector<EmissionPieces::Piece>& pieces_;
  std::vector<std::size_t> ends_;
  std::vector<std::size_t> lanes_; //!< [piece]
  LaneSum sum_;
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> free_;
  std::size_t used_ = 0;
  std::vector<std::size_t> moving_; //!< that are open, in their order
  std::size_t begun_ = 0;
  std::size_t ended_ = 0;
};

} // namespace

EmissionCurve::EmissionCurve(EmissionPieces pieces, double length) : length_(length) {
  pieces.sort();
  PieceSum open(pieces);
  for (double t = 0; t < length_;) {
    open.go_to(t);
    const double next = open.next(length_);
    if (open.moves()) {
      append(t, 0, static_cast<std::uint32_t>(shapes_.size()));
      shapes_.push_back(open.rate(t, next));
      grown_.push_back(shapes_.back().integral());
    } else {
      append(t, open.constant(), EmissionPieces::kStraight);
    }
    t = next;
  }
  add_up();
}

//! A new stretch, unless the one before simply goes on.
void EmissionCurve::append(double begin, double rate, std::uint32_t shape) {
  const bool goes_on = !stretches_.empty() && shape == EmissionPieces::kStraight &&
                       stretches_.back().shape == shape && stretches_.back().rate == rate;
  if (!goes_on)
    stretches_.push_back({begin, 0, rate, shape});
}

//! Windows are differences of these sums: what each addition loses is carried on (Kahan 1965).
void EmissionCurve::add_up() {
  double carried = 0;
  for (std::size_t i = 0; i + 1 < stretches_.size(); ++i) {
    const double before = stretches_[i].before;
    const double amount = within(i, end(i)) + carried;
    stretches_[i + 1].before = before + amount;
    carried = amount - (stretches_[i + 1].before - before);
  }
}

//! What stretch i emits by `t`.
double EmissionCurve::within(std::size_t i, double t) const {
  const Stretch& stretch = stretches_[i];
  if (is_constant(i))
    return stretch.rate * (t - stretch.begin);
  const double length = end(i) - stretch.begin;
  return grown_[stretch.shape].at((t - stretch.begin) / length) * length;
}

Polynomial EmissionCurve::rate(std::size_t i, double a, double b) const {
  const Stretch& stretch = stretches_[i];
  if (is_constant(i))
    return Polynomial(stretch.rate);
  const double length = end(i) - stretch.begin;
  return shapes_[stretch.shape].part((a - stretch.begin) / length, (b - stretch.begin) / length);
}

} // namespace lantian
