#include "cli/commands.hpp"

namespace lantian {

void add_commands(CLI::App& app, const KindRegistry& kinds, std::stop_token stop) {
  add_new(app, kinds);
  add_check(app, kinds);
  add_run(app, kinds, stop);
  add_merge(app, kinds, stop);
  add_attribute(app, kinds, std::move(stop));
  add_compare(app);
  add_why(app);
  add_show(app, kinds);
  add_explain(app, kinds);
  add_schema(app, kinds);
}

} // namespace lantian
