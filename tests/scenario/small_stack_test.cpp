// Threads of a program that embeds the library may have small stacks: what nests is read, or
// refused, on 512 KiB.

#include <functional>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include "sanitized.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/toml_text.hpp"
#include "scenario/toy_kinds.hpp"

namespace lantian {
namespace {

using testing::HasSubstr;

constexpr std::size_t kStack = 512u << 10; //!< [bytes]

void on_small_stack(std::function<void()> work) {
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, kStack), 0);
  const auto carry_out = [](void* given) -> void* {
    (*static_cast<std::function<void()>*>(given))();
    return nullptr;
  };
  pthread_t thread{};
  ASSERT_EQ(pthread_create(&thread, &attributes, carry_out, &work), 0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
  pthread_attr_destroy(&attributes);
}

TEST(SmallStack, is_enough_to_refuse_a_million_levels) {
  on_small_stack([] {
    EXPECT_THAT(toml_mistake(repeated("a.", 1'000'000) + "a = 1"), HasSubstr("nested deeper than"));
    EXPECT_THAT(toml_mistake("[" + repeated("a.", 1'000'000) + "a]"),
                HasSubstr("nested deeper than"));
    EXPECT_THAT(toml_mistake("a = " + repeated("[", 1'000'000)), HasSubstr("nested deeper than"));
    EXPECT_THAT(toml_mistake("a = " + repeated("{a=", 1'000'000)), HasSubstr("nested deeper than"));
  });
}

TEST(SmallStack, is_enough_for_the_most_levels_that_can_be_allowed) {
#if defined(LANTIAN_SANITIZED)
  GTEST_SKIP() << "a sanitizer makes frames on the stack several times as large";
#endif
  const ReadLimits widest = widest_read_limits();
  ASSERT_EQ(widest.toml_depth, 256u);
  on_small_stack([&] {
    EXPECT_EQ(toml_mistake("a = " + repeated("[", 255) + repeated("]", 255), widest), "");
    EXPECT_EQ(toml_mistake(repeated("a.", 255) + "a = 1", widest), "");
    EXPECT_EQ(toml_mistake("a = " + repeated("{a=", 255) + "1" + repeated("}", 255), widest), "");
  });
}

//! A hundred files, each of which extends the next, and the last a value of sixty levels.
std::map<std::string, std::string> chain() {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 99; ++i) {
    files[fmt::format("{}.toml", i)] = fmt::format("extends = '{}.toml'\n", i + 1);
  }
  files["99.toml"] = "deep = " + repeated("{ a = ", 60) + "1" + repeated("}", 60);
  return files;
}

TEST(SmallStack, is_enough_for_files_that_extend_each_other) {
  on_small_stack([] {
    try {
      load_scenario(MemoryFiles(chain()), "0.toml", toy::kinds());
      ADD_FAILURE() << "it was read";
    } catch (const ScenarioError& error) {
      EXPECT_THAT(error.what(), HasSubstr("99.toml:1:1: deep: unknown key"));
    }
  });
}

} // namespace
} // namespace lantian
