#include "world/followed_emission.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

constexpr int kExactDegree =
    static_cast<int>(Polynomial::kTerms) - 2; // its integral has a term more
constexpr double kTolerance = 1e-10;          //!< of the rate, where it is no such polynomial
constexpr int kMostHalvings = 20;

class UnitFollower {
public:
  UnitFollower(std::size_t source, const ProcessUnit& unit, Index pollutant, const Segment& segment,
               const ActivityClock& clock, Time from, Time to, EmissionPieces& pieces)
      : source_(source), unit_(unit), pollutant_(pollutant), segment_(segment), clock_(clock),
        from_(std::max(segment.from, from)), to_(std::min(segment.to, to)),
        shift_(seconds(segment.from - from)), pieces_(pieces) {}

  void follow() {
    if (from_ >= to_)
      return;
    follow_activity();
    for (const Pulse& pulse : unit_.pulses)
      follow_pulse(pulse);
    if (unit_.bed && unit_.outlets[unit_.bed->outlet].pollutant == pollutant_)
      follow_bed();
  }

private:
  double per_activity(double offset) const {
    return direct_emission(unit_, pollutant_, segment_.from, offset);
  }

  void follow_activity() {
    clock_.for_each_run(from_, to_, [&](double clock_rate, Time a, Time b) {
      const double nominal = unit_.activity.nominal() * clock_rate;
      for_each_piece(segment_, a, b, [&](double left, double right) {
        add(left, right, segment_.degree, [&](double offset) {
          return nominal * unit_.activity.share(segment_.from, offset) * per_activity(offset);
        });
      });
    });
  }

  void follow_pulse(const Pulse& pulse) {
    const Time a = std::max(pulse.begin, from_);
    const Time b = std::min(pulse.end, to_);
    if (a >= b)
      return;
    for_each_piece(segment_, a, b, [&](double left, double right) {
      add(left, right, segment_.degree + pulse.degree(), [&](double offset) {
        return pulse.rate_at(segment_.from, offset) *
               unit_.activity.passing(segment_.from, offset) * per_activity(offset);
      });
    });
  }

  //! From the start of the segment, since it depends on all that was fed before.
  void follow_bed() {
    AdsorberBed bed = unit_.bed->carbon;
    clock_.for_each_run(segment_.from, to_, [&](double clock_rate, Time a, Time b) {
      const std::vector<double> bounds = bounds_of_feed(a, b);
      for (std::size_t i = 1; i < bounds.size(); ++i) {
        for_each_piece(segment_, bounds[i - 1], bounds[i], [&](double left, double right) {
          follow_bed(bed, clock_rate, left, right);
        });
      }
    });
  }

  //! Both ends of [a, b], and where pulses begin and end between [s after the segment's].
  std::vector<double> bounds_of_feed(Time a, Time b) const {
    std::vector<Time> bounds{a, b};
    const auto add = [&](Time t) {
      if (a < t && t < b)
        bounds.push_back(t);
    };
    add(from_);
    for (const Pulse& pulse : unit_.pulses) {
      add(pulse.begin);
      add(pulse.end);
    }
    std::sort(bounds.begin(), bounds.end());
    std::vector<double> offsets;
    for (const Time t : bounds)
      offsets.push_back(seconds(t - segment_.from));
    return offsets;
  }

  void follow_bed(AdsorberBed& bed, double clock_rate, double left, double right) {
    int degree = segment_.degree;
    for (const Pulse& pulse : unit_.pulses)
      degree = std::max(degree, segment_.degree + pulse.degree());
    const auto nodes = quadrature_nodes(degree);
    const auto fed = [&](double until) {
      double sum = 0;
      for (const QuadratureNode& node : nodes) {
        sum += feed_rate(clock_rate, left, right, left + (until - left) * node.position) *
               (until - left) * node.weight;
      }
      return sum;
    };
    if (left >= seconds(from_ - segment_.from)) {
      fit(left, right, [&](double offset) {
        AdsorberBed then = bed;
        then.take(fed(offset));
        return feed_rate(clock_rate, left, right, offset) *
               (1 - then.law().efficiency_at(then.load()));
      });
    }
    bed.take(fed(right));
  }

  //! Feed to the bed at `offset`, between `left` and `right` [kg/s].
  double feed_rate(double clock_rate, double left, double right, double offset) const {
    double activity =
        unit_.activity.nominal() * clock_rate * unit_.activity.share(segment_.from, offset);
    for (const Pulse& pulse : unit_.pulses) {
      if (seconds(pulse.begin - segment_.from) <= left &&
          right <= seconds(pulse.end - segment_.from)) {
        activity +=
            pulse.rate_at(segment_.from, offset) * unit_.activity.passing(segment_.from, offset);
      }
    }
    return activity * unit_.fed_to_bed(segment_.from, offset);
  }

  template <class Rate> void add(double left, double right, int degree, Rate rate) {
    if (degree == 0) {
      pieces_.add(source_, shift_ + left, shift_ + right, rate(left));
    } else if (degree <= kExactDegree) {
      pieces_.add(source_, shift_ + left, shift_ + right, through(left, right, degree, rate));
    } else {
      fit(left, right, rate);
    }
  }

  template <class Rate>
  static Polynomial through(double left, double right, int degree, const Rate& rate) {
    return Polynomial::through(degree, [&](double u) { return rate(left + (right - left) * u); });
  }

  //! Within a tolerance of the highest rate between `left` and `right`.
  template <class Rate> void fit(double left, double right, const Rate& rate) {
    const Polynomial fitted = through(left, right, kExactDegree, rate);
    double highest = 0;
    for (const double u : {0.0, 0.25, 0.5, 0.75, 1.0})
      highest = std::max(highest, std::abs(fitted.at(u)));
    fit(left, right, kTolerance * highest, kMostHalvings, rate);
  }

  template <class Rate>
  void fit(double left, double right, double tolerance, int halvings, const Rate& rate) {
    const Polynomial fitted = through(left, right, kExactDegree, rate);
    const double off =
        std::max(std::abs(fitted.at(0) - rate(left)), std::abs(fitted.at(1) - rate(right)));
    if (halvings == 0 || off <= tolerance) {
      pieces_.add(source_, shift_ + left, shift_ + right, fitted);
      return;
    }
    const double middle = (left + right) / 2;
    fit(left, middle, tolerance, halvings - 1, rate);
    fit(middle, right, tolerance, halvings - 1, rate);
  }

  std::size_t source_;
  const ProcessUnit& unit_;
  Index pollutant_;
  const Segment& segment_;
  const ActivityClock& clock_;
  Time from_; //!< of what is followed
  Time to_;
  double shift_; //!< from seconds of the segment to seconds of the curve
  EmissionPieces& pieces_;
};

} // namespace

double direct_emission(const ProcessUnit& unit, Index pollutant, Time base, double offset) {
  double sum = 0;
  for (std::size_t f = 0; f < unit.flows.size(); ++f) {
    const Flow& flow = unit.flows[f];
    const bool is_direct = flow.kind == Flow::Kind::stack || flow.kind == Flow::Kind::fugitive;
    if (is_direct && unit.outlets[flow.of].pollutant == pollutant)
      sum += unit.per_activity(f, base, offset);
  }
  return sum;
}

void append_emission(std::size_t source, const ProcessUnit& unit, Index pollutant,
                     const Segment& segment, const ActivityClock& clock, Time from, Time to,
                     EmissionPieces& pieces) {
  UnitFollower(source, unit, pollutant, segment, clock, from, to, pieces).follow();
}

} // namespace lantian
