#pragma once
//! Stands for a piece of the engine's work in this process, while it exists. A process that is
//! forked meanwhile gets copies of locks that nobody will open and none of the threads that work:
//! the engine refuses to do anything there, with a reason, rather than hang. Forking while nothing
//! is under way is harmless.

namespace lantian::python {

class UnderWay {
public:
  //! Throws UsageError in a child that was forked while something was under way.
  UnderWay();
  ~UnderWay();
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;
};

} // namespace lantian::python
