#include "world/stock.hpp"

#include "world/segment.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lantian {

namespace {

constexpr Duration kSecond{1};

Process relay(World& world, Index source, Signal& changed) {
  for (;;) {
    co_await world.activity_changed(source).wait();
    changed.raise();
  }
}

//! Differences of flows that ought to be none are rounding.
Polynomial without_rounding(const Polynomial& net, double size) {
  for (std::size_t k = 0; k < Polynomial::kTerms; ++k) {
    if (std::abs(net.term(k)) > 1e-12 * size)
      return net;
  }
  return {};
}

bool is_same(const Ramp& a, const Ramp& b) {
  const auto is_near = [](double x, double y) { return std::abs(x - y) <= 1e-12 * std::abs(y); };
  if (a.is_constant() && b.is_constant())
    return is_near(a.to, b.to);
  return a.begin == b.begin && a.end == b.end && is_near(a.from, b.from) && is_near(a.to, b.to);
}

} // namespace

Stock::Stock(World& world, StockPlan plan, std::string name, EntityIndex entity)
    : world_(world), plan_(std::move(plan)), who_(world.new_influence()), content_(plan_.content),
      begin_(world.now()), end_(world.now()) {
  const auto watch = [&](Index source) {
    world.simulation().spawn(name, entity, relay(world, source, changed_));
  };
  for (const StockFlow& flow : plan_.inflows)
    watch(flow.source);
  if (plan_.outflow.source != kNone)
    watch(plan_.outflow.source);
}

void Stock::settle() {
  if (world_.now() > begin_) {
    const double u = seconds(world_.now() - begin_) / seconds(span_);
    const double lost = loss_sum_.at(u);
    lost_ += lost;
    if (!is_full_)
      content_ = std::min(content_ + gain_.at(u) - lost, plan_.most);
  }
  begin_ = world_.now();
}

Stock::Term Stock::term_of(const StockFlow& flow, Activity activity) const {
  const ActivityClock& clock = world_.blueprint().clock(flow.source);
  const double scale = flow.ratio * activity.nominal() * clock.rate(begin_);
  return {std::move(activity), scale, &clock};
}

//! The first time at which one of these stops being a polynomial.
Time Stock::next_corner(const std::vector<Term>& terms) const {
  Time corner = world_.end();
  for (const Term& term : terms) {
    const auto runs = term.clock->runs();
    const std::size_t next = term.clock->find(begin_) + 1;
    if (next < runs.size())
      corner = std::min(corner, runs[next].begin);
    for (const double offset : segment_of(term.activity, begin_, world_.end()).corners) {
      if (offset >= 1)
        corner = std::min(corner, begin_ + Duration{static_cast<std::int64_t>(offset)});
    }
  }
  return corner;
}

//! The sum of flows over the span.
Polynomial Stock::sum_of(const std::vector<Term>& terms) const {
  int degree = 0;
  for (const Term& term : terms)
    degree = std::max(degree, term.activity.degree(begin_, begin_ + span_));
  return Polynomial::through(degree, [&](double u) {
    double sum = 0;
    for (const Term& term : terms)
      sum += term.scale * term.activity.share(begin_, u * seconds(span_));
    return sum;
  });
}

//! The whole second before `share` of the span, and the one after it; later than now.
Time Stock::second_before(double share) const {
  const Duration whole{static_cast<std::int64_t>(share * seconds(span_))};
  return begin_ + std::max(whole, kSecond);
}
Time Stock::second_after(double share) const {
  const Duration whole{static_cast<std::int64_t>(std::ceil(share * seconds(span_)))};
  return begin_ + std::max(whole, kSecond);
}

//! What the content does by the flows of this look.
Polynomial Stock::foresee() {
  const double size = std::max(inflow_.at(0.5), outflow_.at(0.5));
  net_ = without_rounding(inflow_ + outflow_ * -1, size);
  gain_ = net_.integral() * seconds(span_);
  loss_sum_ = (Polynomial(content_) + gain_).integral() * (plan_.loss * seconds(span_));
  return Polynomial(content_) + gain_ + loss_sum_ * -1;
}

void Stock::look() {
  settle();
  end_ = kNever;
  if (begin_ >= world_.end())
    return;
  std::vector<Term> inflows;
  for (const StockFlow& flow : plan_.inflows)
    inflows.push_back(term_of(flow, world_.unit(flow.source).activity));
  std::vector<Term> outflow;
  if (plan_.outflow.source != kNone) {
    outflow.push_back(term_of(plan_.outflow, world_.unit(plan_.outflow.source).activity));
    outflow.front().activity.lift(who_);
  }
  end_ = std::min(next_corner(inflows), next_corner(outflow));
  span_ = end_ - begin_;
  inflow_ = sum_of(inflows);
  outflow_ = sum_of(outflow);

  const Polynomial content = foresee();
  const double used_up = content.first_below_zero();
  is_full_ = false;
  if (used_up * seconds(span_) < 1) {
    follow(inflows, outflow.front().activity);
    return;
  }
  lift_ceiling();
  if (used_up <= 1)
    end_ = std::min(end_, second_before(used_up));
  if (std::isfinite(plan_.most))
    fill_up(content);
}

//! The user does what comes in: its ceiling is a straight line, over so much of the span that it is
//! within 1e-6 of what comes in, and until more comes in than it would use. What flows is counted
//! as it is, so that no amount is lost by that.
void Stock::follow(const std::vector<Term>& inflows, const Activity& free) {
  const Term open = term_of(plan_.outflow, free.without_ceilings());
  const auto ceiling = [&](double u) {
    const double most = open.scale * open.activity.share(begin_, u * seconds(span_));
    return most > 0 ? std::min(1.0, inflow_.at(u) / most) : 1.0;
  };
  constexpr double kShortest = 60; // [s]
  double part = 1;
  while (part * seconds(span_) > kShortest &&
         std::abs(ceiling(part / 2) - (ceiling(0) + ceiling(part)) / 2) > 1e-6)
    part /= 2;
  end_ = std::min(end_, second_before(part));
  const double freed = (net_ * -1).first_below_zero();
  if (freed <= 1)
    end_ = std::min(end_, second_after(freed));
  set_ceiling({ceiling(0), ceiling(seconds(end_ - begin_) / seconds(span_)), begin_, end_});

  span_ = end_ - begin_;
  inflow_ = sum_of(inflows);
  outflow_ = sum_of({term_of(plan_.outflow, world_.unit(plan_.outflow.source).activity)});
  foresee();
}

//! A full stock stays full until more is used than comes in.
void Stock::fill_up(const Polynomial& content) {
  const double over = (Polynomial(plan_.most) + content * -1).first_below_zero();
  const double drawn_on = net_.first_below_zero();
  is_full_ = over * seconds(span_) < 1 && drawn_on > 0;
  const double until = is_full_ ? drawn_on : over;
  if (until <= 1)
    end_ = std::min(end_, is_full_ ? second_after(until) : second_before(until));
}

void Stock::set_ceiling(const Ramp& ceiling) {
  if (ceiling_ && is_same(*ceiling_, ceiling))
    return;
  ceiling_ = ceiling;
  world_.limit_source(plan_.outflow.source, who_, ceiling);
}

void Stock::lift_ceiling() {
  if (ceiling_)
    world_.lift_source(plan_.outflow.source, who_);
  ceiling_.reset();
}

Process keep(World& world, Stock& stock) {
  for (;;) {
    stock.look();
    Timer due = world.simulation().until(stock.next());
    Signal::Wait change = stock.changed().wait();
    co_await first_of(due, change);
  }
}

} // namespace lantian
