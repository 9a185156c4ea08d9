#pragma once
//! A node of a circular list without memory of its own. It leaves its list when it ends, whether it
//! is an element or the anchor, so neither side dangles, whichever ends first.

namespace lantian {

class Link {
public:
  Link() = default;
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link() { unlink(); }

  bool is_linked() const { return next_ != this; }
  Link* next() const { return next_; }

  //! Inserts this node before another; before the anchor is at the end of the list.
  void link_before(Link& other) noexcept {
    unlink();
    previous_ = other.previous_;
    next_ = &other;
    previous_->next_ = this;
    other.previous_ = this;
  }

  void unlink() noexcept {
    previous_->next_ = next_;
    next_->previous_ = previous_;
    previous_ = this;
    next_ = this;
  }

private:
  Link* previous_ = this;
  Link* next_ = this;
};

} // namespace lantian
